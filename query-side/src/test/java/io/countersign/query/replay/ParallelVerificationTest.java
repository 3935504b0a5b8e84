package io.countersign.query.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.projection.ComparedTable;
import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import io.countersign.query.projection.ChangedWorkItems;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.workitem.WorkItemProjection;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** However many workers verify, they find what one finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelVerificationTest {

  private static final List<Integer> SEVERAL = List.of(2, 3, 4);

  /** From this entry on something is wrong; each worker meets a first one of its own. */
  private static final long WRONG_FROM = 90;

  private RealApi api;
  private ProjectionProcessors processors;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new RealApi(directory);
    processors = api.context.getBean(ProjectionProcessors.class);
    jdbc = JdbcClient.create(api.dataSource);
    api.append(Histories.everyKind(21, 1_200));
    api.reach(1_199, "work-items", "projects");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private List<ComparedTable> verify(
      Projection<?> projection, int workers, ReplayProgress progress) {
    return new Verification(
            api.dataSource,
            api.context.getBean("eventSerializer", Serializer.class),
            api.context.getBean("serializer", Serializer.class),
            Events.CATALOGUE,
            workers)
        .run(Generation.first(projection), UUID.randomUUID(), progress)
        .tables();
  }

  private List<ComparedTable> verify(Projection<?> projection, int workers) {
    return verify(projection, workers, ReplayProgress.SILENT);
  }

  @Test
  void rowsDigestsAndDifferencesAreThoseThatOneWorkerFinds() {
    Projection<?> workItems = processors.projection("work-items").orElseThrow();
    Projection<?> projects = processors.projection("projects").orElseThrow();
    for (int workers : SEVERAL) {
      assertThat(verify(projects, workers)).isEqualTo(verify(projects, 1));
      assertThat(verify(workItems, workers))
          .isEqualTo(verify(workItems, 1))
          .allSatisfy(
              table -> {
                assertThat(table.rows()).as(table.table()).isPositive();
                assertThat(table.differing()).as(table.table()).isZero();
              });
    }
    jdbc.sql("update rm_workitem_v1.work_item set source_state = 'forged' where id like '%3'")
        .update();
    jdbc.sql("delete from rm_workitem_v1.work_item_link where last_index % 3 = 0").update();
    jdbc.sql(
            """
            insert into rm_workitem_v1.work_item_comment
            select (jsonb_populate_record(c, '{"work_item": "forged"}')).*
            from rm_workitem_v1.work_item_comment c order by last_index limit 1
            """)
        .update();
    List<ComparedTable> found = verify(workItems, 1);
    assertThat(found).filteredOn(table -> table.differing() > 0).hasSize(3);
    for (int workers : SEVERAL) {
      assertThat(verify(workItems, workers)).isEqualTo(found);
    }
  }

  /** Each worker fails; which of them is first to, depends. */
  @Test
  void theFirstEntryThatCannotBeFoldedIsNamedWhoeverMeetsIt() {
    Projection<?> wrong =
        ChangedWorkItems.from(
            WRONG_FROM,
            (_, _, _) -> {
              throw new IllegalStateException("secret text");
            });
    long first =
        jdbc.sql(
                "select min(index) from eventlog.entry where name like 'workitem.%' and index >= ?")
            .param(WRONG_FROM)
            .query(Long.class)
            .single();
    for (int round = 0; round < 10; round++) {
      assertThatThrownBy(() -> verify(wrong, 4))
          .isInstanceOf(ReplayFailedException.class)
          .hasMessageStartingWith("entry %d, workitem.".formatted(first))
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void rowsThatAreRefusedEndIt() {
    Projection<?> wrong =
        ChangedWorkItems.from(
            WRONG_FROM,
            (_, _, _) -> List.of(new WorkItemProjection().tables().getFirst().row("x").build()));
    for (int workers : SEVERAL) {
      assertThatThrownBy(() -> verify(wrong, workers))
          .isInstanceOf(ReplayFailedException.class)
          .hasMessage("rows were refused, SQLSTATE 23502");
    }
  }

  /** Each round takes five of twelve connections. */
  @Test
  void whoEndsItGetsAllConnectionsBack() {
    Projection<?> projects = processors.projection("projects").orElseThrow();
    List<ReplayStoppedException> ended = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      var left = new AtomicInteger(1);
      ended.add(
          catchThrowableOfType(
              ReplayStoppedException.class,
              () ->
                  verify(
                      projects,
                      4,
                      (_, _) -> {
                        if (left.getAndDecrement() == 0) {
                          throw new ReplayStoppedException("enough");
                        }
                      })));
    }
    assertThat(ended).hasSize(10).doesNotContainNull();
    assertThat(verify(projects, 4)).allMatch(table -> table.differing() == 0);
  }
}
