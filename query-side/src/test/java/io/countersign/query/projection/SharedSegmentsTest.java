package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.query.Histories;
import io.countersign.query.OrderedEngine;
import io.countersign.query.workitem.WorkItemProjection;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

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

  @Test
  void aNodeLetsASegmentGoAndAnotherTakesIt() {
    OrderedEngine engine = new OrderedEngine();
    UUID operation = UUID.randomUUID();
    try (HikariDataSource dataSource = RunningProjections.migrated();
        RunningProjections first =
            new RunningProjections(dataSource, engine, new WorkItemProjection());
        RunningProjections second =
            new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      for (RunningProjections one : List.of(first, second)) {
        RunningProjections.eventually(() -> segmentsOf(one) == 2);
      }
      var releases = new SegmentReleases(dataSource);
      Generation generation = Generation.first(new WorkItemProjection());
      assertThat(releases.ask(UUID.randomUUID(), generation, 9)).as("there is none").isEmpty();
      int segment = processor(first).processingStatus().keySet().iterator().next();
      SegmentStatus before = status(first, segment);
      assertThat(before.state()).isEqualTo(ProcessorStatus.State.RUNNING);
      assertThat(before.mask()).isEqualTo(3);

      var asked = releases.ask(operation, generation, segment).orElseThrow();
      assertThat(asked.node()).isEqualTo(before.node());
      RunningProjections.eventually(
          () -> processor(second).processingStatus().containsKey(segment));
      RunningProjections.eventually(() -> releases.find(operation).orElseThrow().released());
      assertThat(releases.ask(operation, generation, segment))
          .as("asked again, it is done")
          .contains(new SegmentReleases.Asked(asked.node(), true));
      first.append(Histories.everyKind(18, 50));
      second.reach(49);
    }
  }

  @Test
  void whatStopsASegmentOnOneNodeIsSeenOnAll() {
    try (HikariDataSource dataSource = RunningProjections.migrated();
        RunningProjections running = new RunningProjections(dataSource)) {
      RunningProjections.eventually(() -> status(running, 2).node() != null);
      JdbcClient.create(dataSource)
          .sql(
              """
              insert into query.node (name, seen_at, standing, failures)
              values ('other', now(), '{}', '{work-items-v1 2 7 sqlstate-57014, of another version}')
              """)
          .update();
      SegmentStatus failing = status(running, 2);
      assertThat(failing.state()).isEqualTo(ProcessorStatus.State.FAILING);
      assertThat(failing.error()).isEqualTo("sqlstate-57014");
      assertThat(status(running, 1).error()).isNull();
      ProcessorStatus whole = running.statuses.one("work-items-v1").orElseThrow();
      assertThat(whole.error()).isEqualTo("sqlstate-57014");
      running.append(Histories.everyKind(19, 20));
      running.reach(19);
      assertThat(status(running, 2).error()).as("some node got past it").isNull();
    }
  }

  @Test
  void aSegmentOfANodeThatShowsNoLifeIsStopped() {
    try (HikariDataSource dataSource = RunningProjections.migrated();
        RunningProjections running = new RunningProjections(dataSource)) {
      RunningProjections.eventually(
          () -> status(running, 0).state() == ProcessorStatus.State.RUNNING);
      JdbcClient.create(dataSource)
          .sql("update query.token set owner = 'dead' where segment = 0")
          .update();
      JdbcClient.create(dataSource)
          .sql("insert into query.node values ('dead', now() - interval '1 minute', '{}')")
          .update();
      SegmentStatus stopped = status(running, 0);
      assertThat(stopped.state()).isEqualTo(ProcessorStatus.State.STOPPED);
      assertThat(stopped.node()).isEqualTo("dead");
    }
  }

  private static SegmentStatus status(RunningProjections running, int segment) {
    return running.statuses.segments("work-items-v1").orElseThrow().stream()
        .filter(one -> one.segment() == segment)
        .findFirst()
        .orElseThrow();
  }

  private static StreamingEventProcessor processor(RunningProjections running) {
    return running.processors.processor("work-items-v1").orElseThrow();
  }

  private static int segmentsOf(RunningProjections running) {
    return processor(running).processingStatus().size();
  }
}
