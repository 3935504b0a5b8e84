package io.countersign.query.projection;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.query.Histories;
import io.countersign.query.OrderedEngine;
import io.countersign.query.workitem.WorkItemProjection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments are spread over the nodes there are. */
class SharedSegmentsTest {

  @Test
  void nodesShareTheSegments() {
    OrderedEngine engine = new OrderedEngine();
    try (HikariDataSource dataSource = RunningProjections.migrated();
        RunningProjections first =
            new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      RunningProjections.eventually(() -> segmentsOf(first) == 4);
      try (RunningProjections second =
          new RunningProjections(dataSource, engine, new WorkItemProjection())) {
        for (RunningProjections one : List.of(first, second)) {
          RunningProjections.eventually(() -> segmentsOf(one) == 2);
        }
        first.append(Histories.everyKind(17, 50));
        second.reach(49);
      }
      RunningProjections.eventually(() -> segmentsOf(first) == 4);
    }
  }

  private static int segmentsOf(RunningProjections running) {
    return running.processors.processor("work-items-v1").orElseThrow().processingStatus().size();
  }
}
