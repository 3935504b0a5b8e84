package io.countersign.query.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.ComparedTable;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.kernel.projection.RowDifference;
import io.countersign.kernel.projection.RowDifference.Side;
import io.countersign.kernel.projection.SegmentPosition;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.RealApi;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ProjectionProcessors;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Over the log itself, while its processors run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {

  private RealApi api;
  private Verification verification;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    verification =
        new Verification(
            api.dataSource,
            api.context.getBean("eventSerializer", Serializer.class),
            api.context.getBean("serializer", Serializer.class),
            Events.CATALOGUE);
    api.append(Histories.everyKind(7, 600));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void everythingIsSeen() {
    api.reach(599, "work-items", "projects");
  }

  private Generation generation(String name) {
    return Generation.first(
        api.context.getBean(ProjectionProcessors.class).projection(name).orElseThrow());
  }

  private Verified verify(String name) {
    return verification.run(generation(name), UUID.randomUUID(), ReplayProgress.SILENT);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = api.dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void rowsThatAReplayMakesAreEqualWithTheSameDigests() {
    for (String name : List.of("work-items", "projects", "traceability", "gates")) {
      Verified found = verify(name);
      assertThat(found.equal()).as("%s: %s", name, found.tables()).isTrue();
      assertThat(found.tables())
          .allSatisfy(
              table -> {
                assertThat(table.digest()).isEqualTo(table.replayedDigest()).hasSize(64);
                assertThat(table.rows()).isEqualTo(table.replayedRows());
              });
      assertThat(found.segments()).hasSize(4).extracting(SegmentPosition::mask).containsOnly(3);
    }
    assertThat(verify("work-items").tables())
        .as("the same rows, the same digests")
        .isEqualTo(verify("work-items").tables());
  }

  @Test
  void whatWasChangedByHandIsFoundWithKeyAndColumns() throws SQLException {
    execute(
        """
        create table public.item as select * from rm_workitem_v1.work_item where id = 'workitem:fabrikam:3';
        update rm_workitem_v1.work_item set source_state = 'forged', revision = -1 where id = 'workitem:fabrikam:3';
        create table public.line as select * from rm_workitem_v1.work_item_state_history order by entry_index limit 1;
        delete from rm_workitem_v1.work_item_state_history h using public.line l where h.entry_index = l.entry_index;
        insert into rm_workitem_v1.work_item_state_history
        select (jsonb_populate_record(l, '{"work_item": "forged", "revision": 999}')).* from public.line l
        """);

    Verified found = verify("work-items");

    assertThat(found.equal()).isFalse();
    ComparedTable items = table(found, "work_item");
    assertThat(items.differing()).isOne();
    assertThat(items.digest()).isNotEqualTo(items.replayedDigest());
    assertThat(items.differences())
        .containsExactly(
            new RowDifference(
                List.of("workitem:fabrikam:3"), Side.BOTH, List.of("revision", "source_state")));
    ComparedTable history = table(found, "work_item_state_history");
    assertThat(history.rows()).isEqualTo(history.replayedRows());
    assertThat(history.differences())
        .extracting(RowDifference::side)
        .containsExactlyInAnyOrder(Side.REPLAY, Side.PROJECTION);
    assertThat(found.tables()).filteredOn(table -> table.differing() == 0).hasSize(5);

    execute(
        """
        update rm_workitem_v1.work_item x set source_state = i.source_state, revision = i.revision
        from public.item i where i.id = x.id;
        delete from rm_workitem_v1.work_item_state_history where work_item = 'forged';
        insert into rm_workitem_v1.work_item_state_history select * from public.line;
        drop table public.item, public.line
        """);
    assertThat(verify("work-items").equal()).isTrue();
  }

  private static ComparedTable table(Verified found, String name) {
    return found.tables().stream()
        .filter(table -> table.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eventsThatComeMeanwhileChangeNothingAboutTheResult() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Logged> more = new ArrayList<>();
    for (int number = 100; number < 400; number++) {
      more.add(
          new Logged(
              0, Histories.registered(number, "More", Histories.START), Histories.provenance("m")));
    }
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (Logged one : more) {
                    api.append(List.of(one));
                  }
                  ended.set(true);
                });
    int rounds = 0;
    while (!ended.get() || rounds < 2) {
      Verified found = verify("traceability");
      assertThat(found.equal()).as("round %d: %s", rounds++, found.tables()).isTrue();
    }
    writer.join();
  }

  @Test
  void aPartThatIsBehindIsComparedAtItsOwnPosition() throws SQLException {
    Verified before = verify("projects");
    assertThat(before.segments()).extracting(SegmentPosition::position).anyMatch(at -> at > 0);
    execute(
        """
        create table public.tokens as select * from query.token where processor_name = 'projects-v1';
        update query.token set token = convert_to('{"globalIndex":-1}', 'UTF8')
        where processor_name = 'projects-v1'
        """);
    // nothing has been seen by the tokens: then there may be no rows
    Verified none = verify("projects");
    assertThat(none.equal()).isFalse();
    assertThat(none.tables().getFirst().differences())
        .extracting(RowDifference::side)
        .containsOnly(Side.PROJECTION);
    execute(
        """
        update query.token t set token = k.token from public.tokens k
        where k.processor_name = t.processor_name and k.segment = t.segment;
        drop table public.tokens
        """);
  }

  @Test
  void whoFollowsItMayEndIt() {
    assertThatThrownBy(
            () ->
                verification.run(
                    generation("work-items"),
                    UUID.randomUUID(),
                    (_, _) -> {
                      throw new ReplayStoppedException("enough");
                    }))
        .isInstanceOf(ReplayStoppedException.class);
    assertThat(verify("projects").equal()).isTrue();
  }
}
