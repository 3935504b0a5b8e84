package io.countersign.peers.axonjpa;

import io.countersign.peers.front.Change;
import io.countersign.peers.front.Judgement;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A work item. */
@Aggregate(cache = "aggregates")
class WorkItemAggregate {

  @AggregateIdentifier private @Nullable String id;
  private int update;
  private @Nullable String state;

  WorkItemAggregate() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void record(RecordUpdate command) {
    Change change = command.change();
    if (change.update() <= update) {
      return;
    }
    String from = state;
    AggregateLifecycle.apply(
        new UpdateRecorded(
            command.workItem(), change.update(), change.notification(), change.fields()));
    String to = change.state();
    if (to != null && !to.equals(from)) {
      AggregateLifecycle.apply(
          new StateChanged(command.workItem(), change.update(), from, to, Judgement.of(from, to)));
    }
  }

  @EventSourcingHandler
  void on(UpdateRecorded event) {
    id = event.workItem();
    update = event.update();
  }

  @EventSourcingHandler
  void on(StateChanged event) {
    state = event.to();
  }
}
