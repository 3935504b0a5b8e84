package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.PolicyHistories;
import io.countersign.query.ResourceHistories;
import io.countersign.query.escalation.EscalationHistories;
import io.countersign.query.escalation.EscalationProjection;
import io.countersign.query.gate.GateProjection;
import io.countersign.query.policy.PolicyProjection;
import io.countersign.query.project.ProjectProjection;
import io.countersign.query.reconciliation.ReconciliationHistories;
import io.countersign.query.reconciliation.ReconciliationProjection;
import io.countersign.query.resource.ResourceProjection;
import io.countersign.query.stream.StreamProjection;
import io.countersign.query.sync.SyncHistories;
import io.countersign.query.sync.SyncProjection;
import io.countersign.query.traceability.TraceabilityProjection;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.testkit.projection.ReplayEquality;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionConformanceTest {

  private static final HikariDataSource DATA_SOURCE = RunningProjections.migrated();

  @AfterAll
  static void close() {
    DATA_SOURCE.close();
  }

  @BeforeEach
  void emptyTables() throws SQLException {
    for (Projection<?> projection :
        List.of(
            new WorkItemProjection(),
            new ProjectProjection(),
            new TraceabilityProjection(),
            new ResourceProjection(),
            new EscalationProjection(),
            new GateProjection(),
            new PolicyProjection(),
            new StreamProjection(),
            new SyncProjection(),
            new ReconciliationProjection())) {
      for (Table table : projection.tables()) {
        execute("truncate " + projection.schema() + "." + table.name());
      }
    }
  }

  @Test
  void workItemsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    List<Logged> events = Histories.everyKind(1, 400);
    feedInBatchesOf(16, new WorkItemProjection(), events);
    new ReplayEquality<Logged>(
            DATA_SOURCE,
            "rm_workitem_v1",
            (connection, schema, batch) ->
                feed(connection, schema, new WorkItemProjection(), batch))
        .verify(events);
    assertThat(count("rm_workitem_v1.work_item")).isEqualTo(8);
    for (Table table : new WorkItemProjection().tables()) {
      assertThat(count("rm_workitem_v1." + table.name())).as(table.name()).isPositive();
    }
  }

  @Test
  void traceabilityIsTheSameHoweverTheLogIsReplayed() throws SQLException {
    List<Logged> events = Histories.everyKind(5, 400);
    verify(new TraceabilityProjection(), events);
    for (Table table : new TraceabilityProjection().tables()) {
      assertThat(count("rm_traceability_v1." + table.name())).as(table.name()).isPositive();
    }
  }

  @Test
  void resourcesAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    verify(new ResourceProjection(), ResourceHistories.everyKind(6, 300));
    for (Table table : new ResourceProjection().tables()) {
      assertThat(count("rm_resource_v1." + table.name())).as(table.name()).isPositive();
    }
  }

  private void verify(Projection<?> projection, List<Logged> events) throws SQLException {
    feedInBatchesOf(16, projection, events);
    new ReplayEquality<Logged>(
            DATA_SOURCE,
            projection.schema(),
            (connection, schema, batch) -> feed(connection, schema, projection, batch))
        .verify(events);
  }

  @Test
  void projectsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    List<Logged> events = Histories.everyKind(2, 400);
    feedInBatchesOf(16, new ProjectProjection(), events);
    new ReplayEquality<Logged>(
            DATA_SOURCE,
            "rm_project_v1",
            (connection, schema, batch) -> feed(connection, schema, new ProjectProjection(), batch))
        .verify(events);
    assertThat(count("rm_project_v1.project_state_mapping")).isPositive();
  }

  @Test
  void policiesAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    verify(new PolicyProjection(), PolicyHistories.everyKind());
    for (Table table : new PolicyProjection().tables()) {
      assertThat(count("rm_policy_v1." + table.name())).as(table.name()).isPositive();
    }
  }

  @Test
  void streamsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    List<Logged> entries =
        Histories.everyKind(7, 300).stream().map(ProjectionConformanceTest::facts).toList();
    verify(new StreamProjection(), entries);
    assertThat(count("rm_stream_v1.stream where entries > 1 and first_index < last_index"))
        .isPositive();
  }

  /** What the fold of a processor would offer: an entry of one of seven aggregates. */
  private static Logged facts(Logged logged) {
    var facts =
        new EntryFacts(
            "Thing",
            "thing:" + logged.index() % 7,
            logged.index() / 7,
            Histories.START.plusSeconds(logged.index() * 31 % 100));
    return new Logged(logged.index(), facts, logged.provenance());
  }

  @Test
  void syncsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    verify(new SyncProjection(), SyncHistories.everyKind(7, 400));
    for (Table table : new SyncProjection().tables()) {
      assertThat(count("rm_sync_v1." + table.name())).as(table.name()).isPositive();
    }
    assertThat(
            count(
                "rm_sync_v1.sync_step where words not like '{\"owner\":%'"
                    + " or conflict is null and step = 'conflict'"))
        .isZero();
    assertThat(
            count(
                "rm_sync_v1.sync_conflict where reason not like '{\"owner\":%'"
                    + " or changed_by_name not like '{\"owner\":%'"))
        .isZero();
  }

  @Test
  void reconciliationsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    verify(new ReconciliationProjection(), ReconciliationHistories.everyKind(8, 200));
    for (Table table : new ReconciliationProjection().tables()) {
      assertThat(count("rm_reconciliation_v1." + table.name())).as(table.name()).isPositive();
    }
  }

  @Test
  void escalationsAreTheSameHoweverTheLogIsReplayed() throws SQLException {
    List<Logged> events = EscalationHistories.everyKind(5, 300);
    feedInBatchesOf(16, new EscalationProjection(), events);
    new ReplayEquality<Logged>(
            DATA_SOURCE,
            "rm_escalation_v1",
            (connection, schema, batch) ->
                feed(connection, schema, new EscalationProjection(), batch))
        .verify(events);
    assertThat(count("rm_escalation_v1.escalation where status = 'resolved'")).isPositive();
    assertThat(count("rm_escalation_v1.escalation_step")).isEqualTo(300);
    assertThat(
            count(
                "rm_escalation_v1.escalation where context not like '{\"owner\":%'"
                    + " or resolution_text not like '{\"owner\":%'"))
        .isZero();
  }

  @Test
  void aRowChangedByHandIsFoundWithItsKeyAndColumn() throws SQLException {
    List<Logged> events = Histories.everyKind(3, 200);
    feedInBatchesOf(16, new WorkItemProjection(), events);
    execute(
        "update rm_workitem_v1.work_item set source_state = 'forged'"
            + " where id = 'workitem:fabrikam:3'");
    execute("delete from rm_workitem_v1.work_item where id = 'workitem:fabrikam:5'");
    assertThatThrownBy(
            () ->
                new ReplayEquality<Logged>(
                        DATA_SOURCE,
                        "rm_workitem_v1",
                        (connection, schema, batch) ->
                            feed(connection, schema, new WorkItemProjection(), batch))
                    .verify(events))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("work_item [workitem:fabrikam:3]: differs in source_state")
        .hasMessageContaining("work_item [workitem:fabrikam:5]: only in the replay");
  }

  @Test
  void aProjectChangedByHandIsFoundToo() throws SQLException {
    List<Logged> events = Histories.everyKind(3, 200);
    feedInBatchesOf(16, new ProjectProjection(), events);
    execute("delete from rm_project_v1.project_state_mapping");
    assertThatThrownBy(
            () ->
                new ReplayEquality<Logged>(
                        DATA_SOURCE,
                        "rm_project_v1",
                        (connection, schema, batch) ->
                            feed(connection, schema, new ProjectProjection(), batch))
                    .verify(events))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("project_state_mapping")
        .hasMessageContaining("only in the replay");
  }

  @Test
  void eventsThatComeAgainChangeNothing() throws SQLException {
    List<Logged> events = Histories.everyKind(4, 120);
    feedInBatchesOf(40, new WorkItemProjection(), events);
    String before = digest();
    try (Connection connection = DATA_SOURCE.getConnection()) {
      assertThat(feed(connection, "rm_workitem_v1", new WorkItemProjection(), events))
          .as("rows written")
          .isZero();
    }
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void clearTextNeverReachesTheTables() throws SQLException {
    feedInBatchesOf(16, new WorkItemProjection(), Histories.everyKind(1, 200));
    assertThat(
            count(
                "rm_workitem_v1.work_item where title not like '{\"owner\":%' or"
                    + " assigned_to_name not like '{\"owner\":%'"))
        .isZero();
  }

  private static void feedInBatchesOf(int size, Projection<?> projection, List<Logged> events)
      throws SQLException {
    try (Connection connection = DATA_SOURCE.getConnection()) {
      for (int from : IntStream.iterate(0, i -> i < events.size(), i -> i + size).toArray()) {
        feed(
            connection,
            projection.schema(),
            projection,
            events.subList(from, Math.min(from + size, events.size())));
      }
    }
  }

  private static <E> int feed(
      Connection connection, String schema, Projection<E> projection, List<Logged> batch) {
    RowBuffer buffer = new RowBuffer(projection.tables());
    for (Logged logged : batch) {
      if (projection.takes(logged.event().getClass()) || logged.event() instanceof EntryFacts) {
        buffer.add(
            logged.index(),
            projection.on(
                logged.index(), projection.family().cast(logged.event()), logged.provenance()));
      }
    }
    return buffer.flush(connection, schema);
  }

  private static String digest() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = DATA_SOURCE.getConnection()) {
      for (Table table : new WorkItemProjection().tables()) {
        try (var statement = connection.createStatement();
            var rows =
                statement.executeQuery(
                    "select md5(string_agg(x::text, '|' order by x::text)) from rm_workitem_v1."
                        + table.name()
                        + " x")) {
          rows.next();
          all.append(rows.getString(1)).append('\n');
        }
      }
    }
    return all.toString();
  }

  private static long count(String from) throws SQLException {
    try (Connection connection = DATA_SOURCE.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATA_SOURCE.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
