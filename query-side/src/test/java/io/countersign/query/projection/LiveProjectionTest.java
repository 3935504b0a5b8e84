package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.OrderedEngine;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.testkit.projection.ReplayEquality;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveProjectionTest {

  private final HikariDataSource dataSource = RunningProjections.migrated();

  @AfterEach
  void close() {
    dataSource.close();
  }

  @Test
  void rowsKeptLiveEqualAReplay() throws SQLException {
    List<Logged> events = Histories.everyKind(5, 600);
    try (RunningProjections running = new RunningProjections(dataSource)) {
      for (int from = 0; from < events.size(); from += 37) {
        running.append(events.subList(from, Math.min(from + 37, events.size())));
      }
      running.reach(events.size() - 1);
    }
    WorkItemProjection projection = new WorkItemProjection();
    new ReplayEquality<Logged>(
            dataSource,
            projection.schema(),
            (connection, schema, batch) -> {
              RowBuffer buffer = new RowBuffer(projection.tables());
              for (Logged logged : batch) {
                if (logged.event() instanceof WorkItemEvent event) {
                  buffer.add(
                      logged.index(), projection.on(logged.index(), event, logged.provenance()));
                }
              }
              buffer.flush(connection, schema);
            })
        .verify(events);
  }

  @Test
  void aNewStartGoesOnWhereTheLastOneEnded() throws SQLException {
    OrderedEngine engine = new OrderedEngine();
    List<Logged> events = Histories.everyKind(6, 60);
    try (RunningProjections first =
        new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      first.append(events);
      first.reach(events.size() - 1);
    }
    String before = text("select max(last_index)::text from rm_workitem_v1.work_item");
    try (RunningProjections second =
        new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      RunningProjections.eventually(
          () ->
              second.processors.processor("work-items-v1").orElseThrow().processingStatus().size()
                  == 4);
      second.reach(0);
      assertThat(
              second
                  .metrics
                  .counter("countersign.projection.rows", "processor", "work-items-v1")
                  .count())
          .isZero();
      assertThat(text("select max(last_index)::text from rm_workitem_v1.work_item"))
          .isEqualTo(before);
    }
  }

  @Test
  void whereNothingMayBeParkedARefusedFlushLeavesNeitherRowsNorToken() throws SQLException {
    execute(
        "alter table rm_workitem_v1.work_item_comment add constraint trip check (entry_index <> 1)");
    try (RunningProjections running =
        new RunningProjections(dataSource, new OrderedEngine(), new WorkItemProjection(), 0)) {
      var at = Histories.START;
      var change = Histories.change(2, at);
      running.append(
          List.of(
              new Logged(0, Histories.registered(1, "first", at), Histories.provenance("d1")),
              new Logged(
                  1,
                  new WorkItemEvent.Commented(
                      Histories.item(1), Histories.title(Histories.item(1), "c"), change),
                  Histories.provenance("d2"))));
      RunningProjections.eventually(() -> "sqlstate-23514".equals(error(running)));

      // the comment's event changes the work item's row first: that change must be gone
      assertThat(text("select count(*)::text from rm_workitem_v1.work_item where revision = 2"))
          .isEqualTo("0");
      var stored =
          new SegmentPositions(dataSource)
              .read("work-items-v1", Jackson3Serializer.builder().build());
      int segment = "workitem:fabrikam:1".hashCode() & 3;
      assertThat(stored.get(segment).position())
          .as("token of the work item's segment")
          .isLessThan(1);
      assertThat(running.positions.position("work-items").block()).isLessThan(1);
      ProcessorStatus status = running.statuses.one("work-items-v1").orElseThrow();
      assertThat(status.state()).isEqualTo(ProcessorStatus.State.FAILING);
      assertThat(status.error()).isEqualTo("sqlstate-23514");

      execute("alter table rm_workitem_v1.work_item_comment drop constraint trip");
      running.reach(1);
      assertThat(text("select count(*)::text from rm_workitem_v1.work_item_comment"))
          .isEqualTo("1");
      assertThat(error(running)).isNull();
    }
  }

  @Test
  void whereNothingMayBeParkedAFoldThatThrowsStopsTheProjectionAndLosesNothing()
      throws SQLException {
    var broken = new AtomicBoolean(true);
    Projection<WorkItemEvent> tripping =
        ChangedWorkItems.after(
            _ -> {
              if (broken.get()) {
                throw new IllegalStateException("not today");
              }
            });
    try (RunningProjections running =
        new RunningProjections(dataSource, new OrderedEngine(), tripping, 0)) {
      running.append(
          List.of(
              new Logged(
                  0,
                  Histories.registered(1, "first", Histories.START),
                  Histories.provenance("d1"))));
      RunningProjections.eventually(() -> "IllegalStateException".equals(error(running)));
      assertThat(text("select count(*)::text from rm_workitem_v1.work_item")).isEqualTo("0");
      broken.set(false);
      running.reach(0);
      assertThat(text("select count(*)::text from rm_workitem_v1.work_item")).isEqualTo("1");
    }
  }

  @Test
  void waitingEndsWithTheCommitOrWithTheTime() {
    try (RunningProjections running = new RunningProjections(dataSource)) {
      assertThat(running.positions.await("work-items", 0, Duration.ofMillis(50)).block()).isNull();
      var waiting = running.positions.await("work-items", 0, Duration.ofSeconds(20)).toFuture();
      running.append(Histories.everyKind(1, 1));
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0L);
    }
  }

  @Test
  void aNodeWithoutSegmentsLearnsThePositionFromTheDatabase() {
    OrderedEngine engine = new OrderedEngine();
    try (RunningProjections working =
            new RunningProjections(dataSource, engine, new WorkItemProjection());
        RunningProjections idle = idle(working, engine)) {
      working.append(Histories.everyKind(7, 50));
      idle.reach(49);
      ProcessorStatus status = idle.statuses.one("work-items-v1").orElseThrow();
      assertThat(status.segments()).isEqualTo(4);
      assertThat(status.position()).isEqualTo(49);
      assertThat(status.state()).isEqualTo(ProcessorStatus.State.RUNNING);
    }
  }

  /** A second node, when the first one has all segments. */
  private RunningProjections idle(RunningProjections working, OrderedEngine engine) {
    for (Generation generation : working.processors.generations()) {
      RunningProjections.eventually(
          () ->
              working
                      .processors
                      .processor(generation.processor())
                      .orElseThrow()
                      .processingStatus()
                      .size()
                  == 4);
    }
    return new RunningProjections(dataSource, engine, new WorkItemProjection());
  }

  private static String error(RunningProjections running) {
    return running.statuses.one("work-items-v1").orElseThrow().error();
  }

  @Test
  void lagIsExact() {
    List<Logged> events = new ArrayList<>(Histories.everyKind(8, 40));
    try (RunningProjections running = new RunningProjections(dataSource)) {
      running.append(events);
      running.reach(39);
      ProcessorStatus status = running.statuses.one("projects-v1").orElseThrow();
      assertThat(status.nodes()).hasSize(1);
      assertThat(status)
          .isEqualTo(
              new ProcessorStatus(
                  "projects-v1",
                  "projects",
                  1,
                  1,
                  "live",
                  ProcessorStatus.State.RUNNING,
                  4,
                  4,
                  status.nodes(),
                  39,
                  39,
                  0,
                  0,
                  null,
                  new Parking.Count(0, 0)));
    }
  }

  @Test
  void tokensThatAreLostCostTimeButChangeNothing() throws SQLException {
    OrderedEngine engine = new OrderedEngine();
    List<Logged> events = Histories.everyKind(9, 200);
    try (RunningProjections first =
        new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      first.append(events);
      first.reach(199);
    }
    String digest =
        "select md5(string_agg(x::text, '|' order by id)) from rm_workitem_v1.work_item x";
    String before = text(digest);
    execute("delete from query.token");
    execute("delete from query.segment_position");
    try (RunningProjections second =
        new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      second.reach(199);
      String[] tags = {"processor", "work-items-v1"};
      assertThat(second.metrics.counter("countersign.projection.events", tags).count())
          .as("events that came again")
          .isPositive();
      assertThat(second.metrics.counter("countersign.projection.rows", tags).count()).isZero();
    }
    assertThat(text(digest)).isEqualTo(before);
  }

  @Test
  void commitsTheDatabaseLostInACrashAreDoneAgainThoughTheNodeLivesOn() throws SQLException {
    List<Logged> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      var registered = Histories.registered(i + 1, "title", Histories.START);
      events.add(new Logged(i, registered, Histories.provenance("d" + i)));
    }
    try (RunningProjections running = new RunningProjections(dataSource)) {
      running.append(events.subList(0, 20));
      running.reach(19);
      execute("create table public.token_before as table query.token");
      running.append(events.subList(20, 40));
      running.reach(39);
      // as after a crash: the last commits are gone, rows and tokens together, and all connections
      for (Table table : new WorkItemProjection().tables()) {
        execute("delete from rm_workitem_v1.%s where last_index >= 20".formatted(table.name()));
      }
      execute(
          """
          update query.token t set token = b.token from public.token_before b
          where b.processor_name = t.processor_name and b.segment = t.segment
          """);
      execute("delete from query.segment_position");
      dataSource.getHikariPoolMXBean().softEvictConnections();
      running.append(events.subList(40, 60));
      RunningProjections.eventually(() -> workItems() == 60);
      running.reach(59);
    }
  }

  private long workItems() {
    try {
      return Long.parseLong(text("select count(*)::text from rm_workitem_v1.work_item"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String text(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
