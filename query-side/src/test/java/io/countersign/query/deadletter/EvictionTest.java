package io.countersign.query.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.EvictedEvents;
import io.countersign.kernel.projection.EvictedEvents.EvictedSequence;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.RealApi;
import io.countersign.query.projection.ChangedWorkItems;
import io.countersign.query.projection.EvictedSequences;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.RunningProjections;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.Verification;
import io.countersign.query.workitem.WorkItemProjection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What verifying, rebuilding and cleaning up make of what was given up. */
class EvictionTest {

  private static final String PROCESSOR = "work-items-v1";
  private static final String OPERATIONS = "/api/v1/projection-operations";
  private static final EvictedEvents GIVEN_UP =
      new EvictedEvents(2, 1, List.of(new EvictedSequence("workitem:fabrikam:2", 3, 4)));

  private RealApi api;
  private JdbcClient jdbc;
  private String parked = "";
  private final Map<String, String> request =
      Map.of("id", UUID.randomUUID().toString(), "reason", "a test item");

  /** Entry 3, a comment on work item 2, is refused; entry 4 waits behind it; both are given up. */
  @BeforeEach
  void giveUp(@TempDir Path directory) {
    api = new RealApi(directory);
    jdbc = JdbcClient.create(api.dataSource);
    refuse("entry_index <> 3");
    api.append(List.of(registered(1), registered(2), comment(1, 2), comment(2, 2), comment(2, 3)));
    api.reach(4, "work-items");
    parked = jdbc.sql("select id::text from query.parked_sequence").query(String.class).single();
    evict(200);
    RunningProjections.eventually(() -> count("not told") == 0);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Logged registered(int item) {
    return new Logged(
        0,
        Histories.registered(item, "title", Histories.START),
        Histories.provenance("registered-" + item));
  }

  private static Logged comment(int item, int update) {
    return new Logged(
        0,
        new WorkItemEvent.Commented(
            Histories.item(item),
            Histories.title(Histories.item(item), "words"),
            Histories.change(update, Histories.START)),
        Histories.provenance("comment-" + item + "-" + update));
  }

  private void refuse(String check) {
    jdbc.sql(
            """
            alter table rm_workitem_v1.work_item_comment drop constraint if exists trip;
            alter table rm_workitem_v1.work_item_comment add constraint trip check (%s) not valid
            """
                .formatted(check))
        .update();
  }

  private void evict(int status) {
    api.client
        .post()
        .uri("/api/v1/dead-letters/" + parked + "/evict")
        .bodyValue(request)
        .exchange()
        .expectStatus()
        .isEqualTo(status);
  }

  private long count(String which) {
    return jdbc.sql("select count(*) from query.dead_letter_event where " + which)
        .query(Long.class)
        .single();
  }

  private Verified verify(Projection<?> projection) {
    return new Verification(
            api.dataSource,
            api.context.getBean("eventSerializer", Serializer.class),
            api.context.getBean("serializer", Serializer.class),
            Events.CATALOGUE)
        .run(Generation.first(projection), UUID.randomUUID(), ReplayProgress.SILENT);
  }

  private JsonNode done(String kind) {
    JsonNode asked =
        answer(
            api.client
                .post()
                .uri(OPERATIONS)
                .bodyValue(Map.of("projection", "work-items", "kind", kind, "reason", "because"))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseBodyContent());
    String path = OPERATIONS + "/" + asked.path("id").asString();
    RunningProjections.eventually(() -> get(path).hasNonNull("endedAt"));
    return get(path);
  }

  private JsonNode get(String path) {
    return answer(
        api.client.get().uri(path).exchange().expectBody().returnResult().getResponseBodyContent());
  }

  private static JsonNode answer(byte @Nullable [] body) {
    return JsonMapper.builder().build().readTree(body);
  }

  @Test
  void whatWasGivenUpIsLeftOutOfTheReplayAndNamedAlsoWhenItsFoldStillThrows() {
    var throwing =
        new ChangedWorkItems(
            (index, event, provenance) -> {
              if (index == 3 || index == 4) {
                throw new IllegalStateException("it cannot be folded");
              }
              return new WorkItemProjection().on(index, event, provenance);
            });
    Verified found = verify(throwing);
    assertThat(found.equal()).as("%s", found.tables()).isTrue();
    assertThat(found.evicted()).isEqualTo(GIVEN_UP);
    assertThat(found.parked()).isNull();

    jdbc.sql("delete from rm_workitem_v1.work_item_comment where entry_index = 2").update();
    Verified changed = verify(throwing);
    assertThat(changed.equal()).as("what was not given up has to be there").isFalse();
    assertThat(changed.evicted()).isEqualTo(GIVEN_UP);
  }

  @Test
  void verifyingCallsItIncompleteUntilARebuildTookTheEvents() {
    JsonNode incomplete = done("verify");
    assertThat(incomplete.path("outcome").asString()).isEqualTo("incomplete");
    assertThat(incomplete.path("result").path("evicted").path("events").asInt()).isEqualTo(2);

    JsonNode rebuilt = done("rebuild");
    assertThat(rebuilt.path("outcome").asString())
        .as("the new tables have no constraint: %s", rebuilt)
        .isEqualTo("switched");
    assertThat(done("verify").path("outcome").asString()).isEqualTo("equal");
    assertThat(done("rollback").path("outcome").asString()).isEqualTo("switched");
    assertThat(done("verify").path("outcome").asString())
        .as("the old rows are without them as before")
        .isEqualTo("incomplete");
  }

  @Test
  void onlyWhatTheLogHasOrIsAboutToHaveCountsAndItGoesWithTheTables() throws SQLException {
    try (Connection connection = api.dataSource.getConnection()) {
      connection.setAutoCommit(false);
      assertThat(leftOut(connection)).isNotNull();
      GenerationTable.in(connection).remove(Generation.first(new WorkItemProjection()));
      assertThat(leftOut(connection)).as("other tables, other evictions").isNull();
      try (var statement = connection.createStatement()) {
        statement.execute(
            "insert into query.eviction values ('00000000-0000-0000-0000-000000000007', 'work-items-v1')");
        assertThat(leftOut(connection)).as("nothing says what").isNull();
        statement.execute(
            """
            insert into query.dead_letter_event (id, parked, projection, kind, event, actor, told)
            select '00000000-0000-0000-0000-000000000007', parked, projection, kind, event, actor, true
            from query.dead_letter_event where kind = 'evicted'
            """);
        assertThat(leftOut(connection)).as("the log would have it").isNull();
        statement.execute("update query.dead_letter_event set told = false");
        assertThat(leftOut(connection)).as("it is on its way to the log").isNotNull();
      } finally {
        connection.rollback();
      }
    }
  }

  private @Nullable EvictedEvents leftOut(Connection connection) throws SQLException {
    return EvictedSequences.read(
            connection,
            api.context.getBean(ProjectionProcessors.class).ofProcessor(PROCESSOR).orElseThrow(),
            api.context.getBean("eventSerializer", Serializer.class))
        .leftOut();
  }

  @Test
  void whatWasToldLongAgoIsForgottenBitByBitAndNotDoneAgain() {
    DeadLetterTeller teller = api.context.getBean(DeadLetterTeller.class);
    teller.stop();
    assertThat(teller.sweep()).as("nothing is old").isZero();
    evict(200);
    jdbc.sql(
            """
            insert into query.dead_letter_event (id, parked, projection, kind, event, actor, told, recorded_at)
            select gen_random_uuid(), e.parked, e.projection, e.kind, e.event, e.actor, n > 0, now() - interval '8 days'
            from query.dead_letter_event e, generate_series(0, :most) n where e.kind = 'parked'
            """)
        .param("most", DeadLetterTeller.MOST_SWEPT + 5)
        .update();
    assertThat(teller.sweep()).isEqualTo(DeadLetterTeller.MOST_SWEPT);
    assertThat(teller.sweep()).isEqualTo(5);
    assertThat(teller.sweep()).isZero();
    assertThat(count("not told")).as("the log does not have it yet").isOne();

    jdbc.sql("update query.dead_letter_event set recorded_at = now() - interval '8 days'").update();
    assertThat(teller.sweep()).isEqualTo(2);
    evict(404);
    assertThat(verify(new WorkItemProjection()).evicted())
        .as("the log says what was given up")
        .isEqualTo(GIVEN_UP);
  }
}
