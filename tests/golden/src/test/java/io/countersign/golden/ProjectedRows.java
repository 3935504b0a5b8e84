package io.countersign.golden;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.Events;
import io.countersign.query.escalation.EscalationProjection;
import io.countersign.query.gate.GateProjection;
import io.countersign.query.policy.PolicyProjection;
import io.countersign.query.project.ProjectProjection;
import io.countersign.query.projection.Column;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowBuffer;
import io.countersign.query.projection.Table;
import io.countersign.query.reconciliation.ReconciliationProjection;
import io.countersign.query.resource.ResourceProjection;
import io.countersign.query.stream.StreamProjection;
import io.countersign.query.sync.SyncProjection;
import io.countersign.query.traceability.TraceabilityProjection;
import io.countersign.query.workitem.WorkItemProjection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** The rows of every projection after a whole log, as text: a document for each version. */
final class ProjectedRows {

  /** All there are; a test compares with what the program runs. */
  static final List<Projection<?>> ALL =
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
          new ReconciliationProjection());

  private final GoldenNode node;
  private final int eventsAFlush;

  /** Written after so many events. */
  ProjectedRows(GoldenNode node, int eventsAFlush) {
    this.node = node;
    this.eventsAFlush = eventsAFlush;
  }

  /** Documents by name, for example {@code work-items-v1}. */
  SortedMap<String, String> documents() {
    SortedMap<String, String> documents = new TreeMap<>();
    for (Projection<?> projection : ALL) {
      try (Connection connection = node.pool.getConnection()) {
        connection.setAutoCommit(false);
        project(connection, projection);
        documents.put(projection.processor(), text(connection, projection));
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        throw new IllegalStateException(projection.processor() + " cannot be written", e);
      }
    }
    return documents;
  }

  private <E> void project(Connection connection, Projection<E> projection) throws SQLException {
    var fold = new Fold<>(projection);
    var buffer = new RowBuffer(projection.tables());
    var pending = new int[1];
    StoredEvents.scan(
        connection,
        0,
        Long.MAX_VALUE,
        fold.names(Events.CATALOGUE),
        event -> {
          add(event, fold, buffer);
          if (++pending[0] == eventsAFlush) {
            pending[0] = 0;
            buffer.flush(connection, projection.schema());
          }
        });
    buffer.flush(connection, projection.schema());
  }

  private void add(StoredEvent event, Fold<?> fold, RowBuffer buffer) {
    for (TrackedEventMessage<?> message : event.messages(node.events, NoOpEventUpcaster.INSTANCE)) {
      buffer.add(event.index(), fold.changes(event.index(), message));
    }
  }

  private static String text(Connection connection, Projection<?> projection) throws SQLException {
    var text = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local time zone 'UTC'");
      for (Table table : projection.tables()) {
        text.append(text.isEmpty() ? "" : "\n").append("# ").append(table.name()).append('\n');
        try (ResultSet rows = statement.executeQuery(rowsOf(projection, table))) {
          while (rows.next()) {
            text.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return text.toString();
  }

  private static String rowsOf(Projection<?> projection, Table table) {
    return "select to_jsonb(x)::text from %s.%s x order by %s"
        .formatted(
            projection.schema(),
            table.name(),
            table.key().stream()
                .map(Column::name)
                .map("x.%s::text collate \"C\""::formatted)
                .collect(Collectors.joining(", ")));
  }
}
