package io.countersign.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.kernel.projection.ProjectionEvent.Rebuilt;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import io.countersign.query.projection.ChangedWorkItems;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Generation.State;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.ReplayStoppedException;
import io.countersign.query.replay.Verification;
import io.countersign.query.workitem.WorkItemProjection;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** New generations beside the live one: loaded, ended halfway, switched to, removed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildTest {

  private static final OperationOptions USUAL = OperationOptions.USUAL;

  /** From this entry on something is wrong; each part of a load names the first of its own. */
  private static final long WRONG_FROM = 90;

  private RealApi api;
  private JdbcClient jdbc;
  private ProjectionProcessors processors;
  private GenerationBuild build;
  private GenerationSwitch switching;
  private GenerationRemoval removal;
  private Verification verification;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    jdbc = JdbcClient.create(api.dataSource);
    processors = api.context.getBean(ProjectionProcessors.class);
    Serializer events = api.context.getBean("eventSerializer", Serializer.class);
    Serializer tokens = api.context.getBean("serializer", Serializer.class);
    build = new GenerationBuild(api.dataSource, events, tokens, Events.CATALOGUE, processors);
    switching =
        new GenerationSwitch(
            api.dataSource, processors, api.context.getBean(ProjectionPositions.class));
    removal = new GenerationRemoval(api.dataSource, processors);
    verification = new Verification(api.dataSource, events, tokens, Events.CATALOGUE);
    api.append(Histories.everyKind(11, 1_500));
    api.reach(1_499, "work-items", "projects");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private Projection<?> workItems() {
    return processors.projection("work-items").orElseThrow();
  }

  private Verified verified(Generation generation) {
    return verification.run(generation, UUID.randomUUID(), ReplayProgress.SILENT);
  }

  private List<String> indexes(String schema) {
    return jdbc.sql(
            """
            select replace(indexdef, schemaname || '.', '') from pg_indexes
            where schemaname = ? and tablename not like 'flyway%' order by 1
            """)
        .param(schema)
        .query(String.class)
        .list();
  }

  private boolean exists(String schema) {
    return jdbc.sql("select exists (select from pg_namespace where nspname = ?)")
        .param(schema)
        .query(Boolean.class)
        .single();
  }

  private void remove(Generation generation) {
    removal.run(generation, Mark.NONE, ReplayProgress.SILENT);
  }

  @Test
  void aGenerationIsLoadedFollowsIsSwitchedToAndBack() {
    UUID operation = UUID.randomUUID();
    Generation built = build.run(workItems(), operation, USUAL, ReplayProgress.SILENT);
    assertThat(built.state()).isEqualTo(State.FOLLOWING);
    assertThat(indexes(built.schema())).isEqualTo(indexes("rm_workitem_v1")).isNotEmpty();
    Rebuilt rebuilt = build.result(built, operation);
    assertThat(rebuilt.position()).isGreaterThanOrEqualTo(1_499);
    assertThat(rebuilt.events()).isPositive();

    api.append(Histories.everyKind(12, 300));
    switching.awaitCaughtUp(built, ReplayProgress.SILENT);
    assertThat(verified(built).equal()).isTrue();

    var before = Generation.first(workItems());
    var switched = switching.run(built, operation, ReplayProgress.SILENT);
    assertThat(switched.fromGeneration()).isOne();
    assertThat(switched.generation()).isEqualTo(built.number());
    jdbc.sql("update rm_workitem_v1.work_item set title = 'nobody reads this'").update();
    jdbc.sql("update %s.work_item set title = 'this is read'".formatted(built.schema())).update();
    assertThat(titles()).containsOnly("this is read");

    var kept = new Generation(before.projection(), 1, State.KEPT, false);
    switching.run(kept, UUID.randomUUID(), ReplayProgress.SILENT);
    assertThat(titles()).containsOnly("nobody reads this");
    assertThatThrownBy(() -> remove(before)).isInstanceOf(IllegalArgumentException.class);
    remove(built);
    assertThat(exists(built.schema())).isFalse();
    assertThat(
            jdbc.sql("select count(*) from query.token where processor_name = ?")
                .param(built.processor())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private List<String> titles() {
    return jdbc.sql("select distinct title from rm.work_item").query(String.class).list();
  }

  /** As nodes leave it that die at it again and again. */
  @Test
  void aLoadThatIsEndedHalfwayGoesOnAndGivesTheSameRows() {
    UUID operation = UUID.randomUUID();
    int ended = 0;
    Generation built = null;
    for (int patience = 0; built == null; patience += 150) {
      var left = new AtomicInteger(patience);
      try {
        built =
            build.run(
                workItems(),
                operation,
                new OperationOptions(null, null, null, 1_000_000, false),
                (_, _) -> {
                  if (left.getAndDecrement() == 0) {
                    throw new ReplayStoppedException("the node dies");
                  }
                });
      } catch (ReplayStoppedException e) {
        ended++;
      }
    }
    assertThat(ended).isPositive();
    switching.awaitCaughtUp(built, ReplayProgress.SILENT);
    Verified verified = verified(built);
    assertThat(verified.equal()).isTrue();
    assertThat(verified.tables().getFirst().rows()).isPositive();
    remove(built);
  }

  @Test
  void theFirstEventThatCannotBeFoldedEndsItAndIsNamed() {
    assertThatThrownBy(
            () ->
                build.run(
                    ChangedWorkItems.from(
                        WRONG_FROM,
                        (_, _, _) -> {
                          throw new IllegalStateException("secret text");
                        }),
                    UUID.randomUUID(),
                    USUAL,
                    ReplayProgress.SILENT))
        .isInstanceOf(ReplayFailedException.class)
        .hasMessageMatching("entry (9\\d|1\\d\\d), .*")
        .hasMessageContaining("cannot be replayed: IllegalStateException")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theFirstRowThatIsRefusedEndsItAndItsEntryIsNamed() {
    assertThatThrownBy(
            () ->
                build.run(
                    ChangedWorkItems.from(
                        WRONG_FROM,
                        (_, _, _) ->
                            List.of(new WorkItemProjection().tables().getFirst().row("x").build())),
                    UUID.randomUUID(),
                    USUAL,
                    ReplayProgress.SILENT))
        .isInstanceOf(ReplayFailedException.class)
        .hasMessageContaining("SQLSTATE 23502")
        .hasMessageMatching(".*last changed by entry \\d+");
  }

  @Test
  void partsAreSplitAndMergedWhileEventsComeAndNothingIsLost() {
    var resegmentation =
        new Resegmentation(
            api.dataSource,
            api.context.getBean("eventSerializer", Serializer.class),
            api.context.getBean("serializer", Serializer.class),
            Events.CATALOGUE);
    var projects = Generation.first(processors.projection("projects").orElseThrow());
    api.append(Histories.everyKind(13, 200));
    assertThat(resegmentation.split(projects, 1, Mark.NONE)).hasSize(5);
    assertThat(resegmentation.split(projects, 1, _ -> false)).as("done before").hasSize(5);
    api.append(Histories.everyKind(14, 200));
    assertThatThrownBy(() -> resegmentation.merge(projects, 7, Mark.NONE))
        .isInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("there is no part 7");
    assertThatThrownBy(() -> resegmentation.merge(projects, 3, Mark.NONE))
        .isInstanceOf(OperationRefusedException.class)
        .hasMessageContaining("was split since");
    assertThat(resegmentation.merge(projects, 5, Mark.NONE)).hasSize(4);
    assertThat(resegmentation.merge(projects, 0, Mark.NONE)).hasSize(3);
    api.append(Histories.everyKind(15, 200));
    switching.awaitCaughtUp(projects, ReplayProgress.SILENT);
    assertThat(verified(projects).equal()).isTrue();
  }

  @Test
  void aPausedProcessorStandsStillAndGoesOn() {
    var table = new GenerationTable(api.dataSource);
    var pause = new GenerationPause(api.dataSource, processors);
    var gates = Generation.first(processors.projection("gates").orElseThrow());
    pause.run(gates, true, ReplayProgress.SILENT);
    api.client
        .get()
        .uri("/api/v1/processors/gates-v1")
        .exchange()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("paused")
        .jsonPath("$.segmentsHere")
        .isEqualTo(0);
    api.append(Histories.everyKind(16, 50));
    pause.run(
        table.all(processors.versions()).stream()
            .filter(one -> one.name().equals("gates"))
            .findFirst()
            .orElseThrow(),
        false,
        ReplayProgress.SILENT);
    switching.awaitCaughtUp(gates, ReplayProgress.SILENT);
  }
}
