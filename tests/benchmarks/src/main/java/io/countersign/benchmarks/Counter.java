package io.countersign.benchmarks;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.countersign.eventlog.store.LogEventStore;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Numbers its events: a decision on a stale state would show in the log. */
class Counter {

  /** What a writer orders. */
  record Count(@TargetAggregateIdentifier String counter, Turn turn, int events, Receipt receipt) {}

  /**
   * What the log keeps.
   *
   * @param ordinal of the event in its command, from 0
   * @param events of the command
   * @param count how many events the counter believes to have had before
   */
  record Counted(String counter, Turn turn, int ordinal, int events, long count) {}

  /** What the writer learns. */
  static final class Receipt {

    /** Sequence of an event that an earlier try has stored, so that this one does not know it. */
    static final long UNKNOWN = -1;

    private volatile long first = UNKNOWN;

    /** Sequence of the first event, or {@link #UNKNOWN}. */
    long first() {
      return first;
    }
  }

  @AggregateIdentifier private @Nullable String id;
  private long count;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(Count command) {
    long first = count;
    CurrentUnitOfWork.get()
        .root()
        .afterCommit(
            root ->
                command.receipt().first =
                    LogEventStore.wasStoredBefore(root) ? Receipt.UNKNOWN : first);
    for (int i = 0; i < command.events(); i++) {
      apply(new Counted(command.counter(), command.turn(), i, command.events(), count));
    }
  }

  @EventSourcingHandler
  void on(Counted event) {
    id = event.counter();
    count++;
  }
}
