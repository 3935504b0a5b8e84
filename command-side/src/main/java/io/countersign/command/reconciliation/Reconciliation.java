package io.countersign.command.reconciliation;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.reconciliation.ReconciliationCommand;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordBuilds;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordComparison;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordFailure;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordNotifications;
import io.countersign.kernel.reconciliation.ReconciliationCommand.RecordSubscriptions;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import io.countersign.kernel.reconciliation.ReconciliationEvent.BuildsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.NotificationsReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.ReconciliationFailed;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SubscriptionStatusChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons of one project. Decides what of them is news: the log does not grow by itself
 * while nothing happens. A snapshot is this object as JSON.
 */
@AggregateRoot(type = "reconciliation")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class Reconciliation {

  private static final Duration IDLE = Duration.ofDays(1);
  private static final String WELL = "enabled";

  @AggregateIdentifier private @Nullable String id;

  /** Up to when the last recorded window reached. */
  private @Nullable Instant to;

  /** What was missing and not filled in it. */
  private int left;

  /** Why the last run failed; absent when it did not. */
  private @Nullable String failure;

  private Map<String, String> subscriptions = new TreeMap<>();

  /** What could not be delivered and was not handled either, when that was last recorded. */
  private int undelivered;

  /** For Axon and Jackson. */
  Reconciliation() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordComparison command) {
    return isNews(command.result()) ? record(List.of(joined(command.result()))) : Recorded.KNOWN;
  }

  /** Windows in which nothing was are not recorded: the next one begins before them. */
  private SourceReconciled joined(SourceReconciled result) {
    Instant before = to;
    Instant from = result.from();
    return before != null && from != null && before.isBefore(from) ? result.since(before) : result;
  }

  private boolean isNews(SourceReconciled result) {
    Instant before = to;
    return before == null
        || failure != null
        || result.asked() != Asked.SCHEDULE
        || result.revisions().source() > 0
        || result.missing() != left
        || result.filled() > 0
        || result.unexpected() > 0
        || !result.to().isBefore(before.plus(IDLE));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordFailure command) {
    ReconciliationFailed failed = command.failure();
    return failed.asked() == Asked.SCHEDULE && failed.reason().equals(failure)
        ? Recorded.KNOWN
        : record(List.of(failed));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordNotifications command) {
    NotificationsReconciled result = command.result();
    return result.filled() > 0 || result.missing() != undelivered
        ? record(List.of(result))
        : Recorded.KNOWN;
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordBuilds command) {
    return record(List.of(command.result()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordSubscriptions command) {
    return record(
        command.statuses().entrySet().stream()
            .filter(
                status ->
                    !status.getValue().equals(subscriptions.getOrDefault(status.getKey(), WELL)))
            .map(
                status ->
                    new SubscriptionStatusChanged(
                        command.project(),
                        status.getKey(),
                        subscriptions.get(status.getKey()),
                        status.getValue()))
            .toList());
  }

  private static Recorded record(List<? extends ReconciliationEvent> events) {
    events.forEach(AggregateLifecycle::apply);
    return events.isEmpty() ? Recorded.KNOWN : Recorded.NEW;
  }

  @EventSourcingHandler
  void evolve(ReconciliationEvent event) {
    id = ReconciliationCommand.aggregateId(event.project());
    switch (event) {
      case SourceReconciled result -> {
        to = result.to();
        left = result.missing() - result.filled();
        failure = null;
      }
      case ReconciliationFailed failed -> failure = failed.reason();
      case NotificationsReconciled result -> undelivered = result.missing() - result.filled();
      case BuildsReconciled _ -> {
        // what is news is decided by who compares
      }
      case SubscriptionStatusChanged changed ->
          subscriptions.put(changed.eventType(), changed.after());
    }
  }
}
