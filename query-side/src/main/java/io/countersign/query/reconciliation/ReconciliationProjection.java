package io.countersign.query.reconciliation;

import static io.countersign.query.reconciliation.ReconciliationTables.*;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.reconciliation.Count;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comparing found, and how subscriptions stood. */
public final class ReconciliationProjection implements Projection<ReconciliationEvent> {

  @Override
  public String name() {
    return "reconciliations";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_reconciliation_v1";
  }

  @Override
  public Class<ReconciliationEvent> family() {
    return ReconciliationEvent.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(RESULT, DIFFERENCE, SUBSCRIPTION);
  }

  @Override
  public List<RowChange> on(long index, ReconciliationEvent event, Provenance provenance) {
    return switch (event) {
      case SourceReconciled e -> source(index, e, provenance);
      case ReconciliationFailed e ->
          List.of(
              result(index, e, "source", "failed", provenance)
                  .set(ASKED, e.asked().word())
                  .set(FROM_AT, e.from())
                  .set(REASON, e.reason())
                  .build());
      case NotificationsReconciled e -> notifications(index, e, provenance);
      case BuildsReconciled e -> builds(index, e, provenance);
      case SubscriptionStatusChanged e ->
          List.of(
              SUBSCRIPTION
                  .row(e.project().toString(), e.eventType(), index)
                  .set(BEFORE, e.before())
                  .set(STATUS, e.after())
                  .set(SEEN_BY, provenance.actor().ref())
                  .build());
    };
  }

  private static List<RowChange> source(long index, SourceReconciled e, Provenance provenance) {
    List<RowChange> rows = new ArrayList<>();
    rows.add(
        compared(index, e, "source", e.from(), e.to(), e.revisions(), provenance)
            .set(ASKED, e.asked().word())
            .set(ITEMS_SOURCE, e.workItems().source())
            .set(ITEMS_OURS, e.workItems().ours())
            .set(MISSING, e.missing())
            .set(UNEXPECTED, e.unexpected())
            .set(FILLED, e.filled())
            .build());
    for (Difference one : e.missingList()) {
      rows.add(difference(index, e, rows.size(), "missing", one));
    }
    for (Difference one : e.unexpectedList()) {
      rows.add(difference(index, e, rows.size(), "unexpected", one));
    }
    return rows;
  }

  private static List<RowChange> notifications(
      long index, NotificationsReconciled e, Provenance provenance) {
    List<RowChange> rows = new ArrayList<>();
    rows.add(
        compared(index, e, "notifications", e.from(), e.to(), e.notifications(), provenance)
            .set(MISSING, e.missing())
            .set(FILLED, e.filled())
            .build());
    for (Map.Entry<String, Integer> type : e.missingTypes().entrySet()) {
      rows.add(
          difference(index, e, rows.size(), "missing", type.getKey())
              .set(SIZE, type.getValue())
              .build());
    }
    return rows;
  }

  private static List<RowChange> builds(long index, BuildsReconciled e, Provenance provenance) {
    List<RowChange> rows = new ArrayList<>();
    rows.add(
        compared(index, e, "builds", e.from(), e.to(), e.builds(), provenance)
            .set(MISSING, e.missing())
            .set(FILLED, e.filled())
            .build());
    for (int build : e.missingList()) {
      rows.add(
          difference(index, e, rows.size(), "missing", "build")
              .set(FIRST, build)
              .set(LAST, build)
              .set(SIZE, 1)
              .build());
    }
    return rows;
  }

  private static RowChange.Builder compared(
      long index,
      ReconciliationEvent event,
      String kind,
      @Nullable Instant from,
      Instant to,
      Count count,
      Provenance provenance) {
    return result(index, event, kind, "compared", provenance)
        .set(FROM_AT, from)
        .set(TO_AT, to)
        .set(COUNT_SOURCE, count.source())
        .set(COUNT_OURS, count.ours());
  }

  /** The run is the conversation its entries have in common. */
  private static RowChange.Builder result(
      long index, ReconciliationEvent event, String kind, String outcome, Provenance provenance) {
    return RESULT
        .row(event.project().toString(), index)
        .set(KIND, kind)
        .set(OUTCOME, outcome)
        .set(RUN, provenance.correlationId())
        .set(ASKED_BY, provenance.actor().ref());
  }

  private static RowChange difference(
      long index, ReconciliationEvent event, int place, String side, Difference one) {
    return difference(index, event, place, side, one.kind().word())
        .set(WORK_ITEM, one.workItem().toString())
        .set(FIRST, one.from())
        .set(LAST, one.to())
        .set(SIZE, one.size())
        .build();
  }

  private static RowChange.Builder difference(
      long index, ReconciliationEvent event, int place, String side, String what) {
    return DIFFERENCE.row(event.project().toString(), index, place).set(SIDE, side).set(WHAT, what);
  }
}
