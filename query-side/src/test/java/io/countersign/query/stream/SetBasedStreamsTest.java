package io.countersign.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.stream.EntryRelation;
import io.countersign.kernel.Actor;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.PolicyHistories;
import io.countersign.query.RealApi;
import io.countersign.query.ResourceHistories;
import io.countersign.query.escalation.EscalationHistories;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.rebuild.GenerationBuild;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.ReplayStoppedException;
import io.countersign.query.replay.Verification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What SQL makes of the log is what the fold makes of it, live and in replays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetBasedStreamsTest {

  private static final String ROWS = "select to_jsonb(x)::text from %s.stream x order by id";

  private RealApi api;
  private JdbcClient jdbc;
  private Projection<?> streams;
  private GenerationBuild build;
  private Verification verification;
  private long last;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    jdbc = JdbcClient.create(api.dataSource);
    var processors = api.context.getBean(ProjectionProcessors.class);
    streams = processors.projection("streams").orElseThrow();
    Serializer events = api.context.getBean("eventSerializer", Serializer.class);
    Serializer tokens = api.context.getBean("serializer", Serializer.class);
    build = new GenerationBuild(api.dataSource, events, tokens, Events.CATALOGUE, processors);
    verification = new Verification(api.dataSource, events, tokens, Events.CATALOGUE);
    for (List<Logged> history :
        List.of(
            Histories.everyKind(31, 700),
            ResourceHistories.everyKind(32, 300),
            EscalationHistories.everyKind(33, 300),
            PolicyHistories.everyKind())) {
      api.append(history);
    }
    ofNoAggregate();
    purgeSomeComments();
    api.context.getBean(KeyRing.class).destroy(Histories.item(3).keyOwner());
    api.append(Histories.everyKind(34, 200));
    last = jdbc.sql("select max(index) from eventlog.entry").query(Long.class).single();
    api.reach(last, "streams");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private void ofNoAggregate() {
    Object event = Histories.registered(900, "Of no aggregate", Histories.START);
    api.context
        .getBean(EventStore.class)
        .publish(List.of(GenericEventMessage.asEventMessage(event)));
  }

  /** As a purge does it: said in the log first, in the order of another aggregate. */
  private void purgeSomeComments() {
    record Comment(long index, String aggregate, String digest) {}
    List<Comment> comments =
        jdbc.sql(
                """
                select index, aggregate_id, encode(substr(entry, 91, 32), 'hex') from eventlog.entry
                where name = 'workitem.Commented' order by index limit 5
                """)
            .query((row, _) -> new Comment(row.getLong(1), row.getString(2), row.getString(3)))
            .list();
    List<Logged> purges = new ArrayList<>();
    for (Comment comment : comments) {
      var purged =
          new PayloadPurged(
              new UUID(7, 7),
              comment.index(),
              "workitem.Commented",
              comment.aggregate(),
              comment.digest(),
              remains(comment.index()),
              LegalBasis.UNLAWFUL,
              Actor.principal("ann"),
              List.of(Actor.principal("ben"), Actor.principal("cleo")));
      purges.add(new Logged(0, purged, Histories.provenance("purge")));
    }
    api.append(purges);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) filter (where eventlog.purge(index)) from eventlog.entry
                    where name = 'privacy.PayloadPurged'
                    """)
                .query(Integer.class)
                .single())
        .isEqualTo(5);
  }

  private String remains(long index) {
    return jdbc.sql(
            """
            select jsonb_set(convert_from(payload, 'UTF8')::jsonb, '{text,sealed}', '""')::text
            from eventlog.entry where index = ?
            """)
        .param(index)
        .query(String.class)
        .single();
  }

  private List<String> rows(String schema) {
    return jdbc.sql(ROWS.formatted(schema)).query(String.class).list();
  }

  @Test
  void theLogOfThisTestHasEveryKindOfStreamAndTheRowsAreWhatItSays() {
    assertThat(
            jdbc.sql("select type from rm.stream group by type order by type")
                .query(String.class)
                .list())
        .contains("other", "project", "workitem");
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from rm.stream s where (s.entries, s.first_index, s.last_index) is distinct from (
                      select (count(*), min(e.index), max(e.index)) from eventlog.entry e
                      where e.aggregate_id = s.id and e.aggregate_type = s.type)
                    """)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(rows("rm_stream_v1"))
        .hasSize(
            jdbc.sql(
                    "select count(distinct aggregate_id) from eventlog.entry where aggregate_type <> ''")
                .query(Integer.class)
                .single());
  }

  /** However the log is cut into ranges: the same rows as the processor wrote event by event. */
  @Test
  void sqlMakesTheRowsOfTheFoldHoweverTheLogIsCut() throws SQLException {
    List<String> live = rows("rm_stream_v1");
    for (int range : List.of(1, 7, 100, 100_000)) {
      try (Connection connection = api.dataSource.getConnection();
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("create schema cut");
        statement.execute("create table cut.stream (like rm_stream_v1.stream including all)");
        String loading = new StreamProjection().loading("cut");
        var names = new Fold<>(streams).names(Events.CATALOGUE);
        for (long from = 0; from <= last; from += range) {
          EntryRelation.over(connection, from, Math.min(last, from + range - 1), names, loading);
        }
        // what comes again changes nothing
        EntryRelation.over(connection, 0, last / 2, names, loading);
        connection.commit();
        assertThat(rows("cut")).as("in ranges of %d", range).isEqualTo(live);
        statement.execute("drop schema cut cascade");
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
  }

  /** The node dies between two ranges. */
  @Test
  void aRebuildByStatementsGoesOnWhereItWasAndEqualsAReplay() {
    UUID operation = UUID.randomUUID();
    int range = (int) last - 300;
    var options = new OperationOptions(null, null, null, range, false);
    int ended = 0;
    Generation built = null;
    while (built == null) {
      int before = ended;
      try {
        built =
            build.run(
                streams,
                operation,
                options,
                (entries, _) -> {
                  if (before == 0 && entries >= range) {
                    throw new ReplayStoppedException("the node dies");
                  }
                });
      } catch (ReplayStoppedException e) {
        ended++;
        assertThat(
                jdbc.sql("select position from query.load_position where tables like 'rm_stream%'")
                    .query(Long.class)
                    .list())
            .containsExactly(range - 1L);
      }
    }
    assertThat(ended).isOne();
    assertThat(rows(built.schema())).isEqualTo(rows("rm_stream_v1"));
    assertThat(build.result(built, operation).events()).isGreaterThanOrEqualTo(last + 1);
    var verified = verification.run(built, UUID.randomUUID(), ReplayProgress.SILENT);
    assertThat(verified.equal()).isTrue();
    assertThat(verified.tables().getFirst().rows()).isPositive();
  }
}
