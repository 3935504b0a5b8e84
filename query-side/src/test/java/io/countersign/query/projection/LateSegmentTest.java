package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.OrderedEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No position runs ahead of rows while the worker of one segment is late. */
class LateSegmentTest {

  private static final String WORK_ITEMS = "work-items-v1";
  private static final int LATE = 3;

  @Test
  void aLateSegmentHoldsThePositionBackOnEveryNode() throws SQLException {
    var engine = new OrderedEngine();
    var go = new CountDownLatch(1);
    try (HikariDataSource dataSource = RunningProjections.migrated();
        RunningProjections working =
            new RunningProjections(dataSource, engine, waiting(Histories.item(LATE + 1), go))) {
      RunningProjections.eventually(() -> segments(working) == 4);
      try (RunningProjections other =
          new RunningProjections(dataSource, engine, waiting(Histories.item(LATE + 1), go))) {
        working.append(registered(0, 40));
        othersReach(39, working, other);
        // more batches without an event of the late segment's waiting work item
        working.append(registered(40, 80));
        othersReach(79, working, other);
        RunningProjections.eventually(() -> reported(dataSource, 79) == 3);

        for (RunningProjections node : List.of(working, other)) {
          assertThat(node.positions.position("work-items").block()).isLessThan(LATE);
          assertThat(node.positions.storedPosition(WORK_ITEMS)).isLessThan(LATE);
          assertThat(node.positions.await("work-items", LATE, Duration.ofMillis(300)).block())
              .isNull();
        }
        go.countDown();
        other.reach(79);
        assertThat(number(dataSource, "select count(*) from rm_workitem_v1.work_item"))
            .isEqualTo(80);
      } finally {
        go.countDown();
      }
    }
  }

  /** Entry n is about work item n + 1. */
  private static List<Logged> registered(int from, int to) {
    List<Logged> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(
          new Logged(
              i,
              Histories.registered(i + 1, "title", Histories.START),
              Histories.provenance("d" + i)));
    }
    return events;
  }

  /** All segments but the one that waits, wherever they are. */
  private static void othersReach(long index, RunningProjections... nodes) {
    RunningProjections.eventually(
        () ->
            Stream.of(nodes)
                    .flatMap(
                        node ->
                            node
                                .processors
                                .processor(WORK_ITEMS)
                                .orElseThrow()
                                .processingStatus()
                                .values()
                                .stream())
                    .filter(status -> TokenPosition.of(status.getTrackingToken()) == index)
                    .count()
                == 3);
  }

  private static int segments(RunningProjections running) {
    return running.processors.processor(WORK_ITEMS).orElseThrow().processingStatus().size();
  }

  private static long reported(HikariDataSource dataSource, long index) {
    return number(
        dataSource,
        "select count(*) from query.segment_position where processor_name = '%s' and position = %d"
            .formatted(WORK_ITEMS, index));
  }

  private static long number(HikariDataSource dataSource, String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The real one, whose worker waits at one work item. */
  private static ChangedWorkItems waiting(WorkItemId at, CountDownLatch go) {
    return ChangedWorkItems.after(
        event -> {
          if (event.workItem().equals(at)) {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }
}
