package io.countersign.benchmarks.store;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateVersion;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate, kept in snapshots by its fields, that can be made as long as wanted, of real
 * events.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
class GrowingItem {

  /** Most events of one command. */
  static final int CHUNK = 50;

  @AggregateIdentifier private @Nullable String id;
  @AggregateVersion private @Nullable Long version;
  private long count;

  /** Appends so many events. */
  record Grow(@TargetAggregateIdentifier String item, int events) {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(Grow command) {
    id = command.item();
    for (int i = 0; i < command.events(); i++) {
      int update = (int) count + 1;
      apply(
          new WorkItemEvent.StateChanged(
              WorkItems.id(1),
              WorkItemState.NEW,
              WorkItemState.READY,
              "New",
              "Ready",
              new SourceChange(update, update, Instant.now(), WorkItems.person(update))));
    }
  }

  @EventSourcingHandler
  void on(WorkItemEvent.StateChanged event, @Nullable @SourceId String item) {
    id = item == null ? id : item; // not known yet while the first event is applied
    count++;
  }
}
