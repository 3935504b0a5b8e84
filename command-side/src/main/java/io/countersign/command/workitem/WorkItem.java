package io.countersign.command.workitem;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.command.project.Transitions;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRefused;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandExecutionException;
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
 * A work item of the source. Facts about it come in any order, again, and with gaps; they are all
 * kept once, and only the newest changes what holds now. A snapshot is this object as JSON.
 */
@AggregateRoot(type = "workitem")
@Revision("2")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class WorkItem {

  @AggregateIdentifier private @Nullable String id;
  private @Nullable History history;

  /** For Axon and Jackson. */
  WorkItem() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordCreation command) {
    return record(ForeignFacts.creation(history, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordUpdate command) {
    if (history == null && command.sighting() == null) {
      throw refused(new WorkItemRejection.NotEnoughToRegister());
    }
    return record(ForeignFacts.update(history, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordComment command) {
    return record(ForeignFacts.comment(history, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordDeletion command) {
    return record(ForeignFacts.deletion(history, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordRestoration command) {
    return record(ForeignFacts.restoration(history, command));
  }

  @CommandHandler
  TransitionAnswer handle(RequestTransition command) {
    History known = known();
    WorkItemState from = known.state();
    WorkItemState to = command.to();
    if (from == null) {
      return new TransitionAnswer.Refused(new WorkItemRejection.StateNotMapped());
    }
    RuleForbids broken = brokenRule(known, from, command);
    if (broken == null) {
      AggregateLifecycle.apply(new TransitionRequested(command.workItem(), from, to));
      return new TransitionAnswer.Requested(from, to);
    }
    AggregateLifecycle.apply(
        new TransitionRefused(command.workItem(), from, to, broken.rule(), broken.reason()));
    return new TransitionAnswer.Refused(broken);
  }

  private static @Nullable RuleForbids brokenRule(
      History known, WorkItemState from, RequestTransition command) {
    if (known.deleted()) {
      return new RuleForbids("workitem.deleted", "the work item is in the recycle bin");
    }
    if (from == command.to()) {
      return new RuleForbids(
          "workitem.already-there", "the work item is %s already".formatted(from.word()));
    }
    return Transitions.refusal(command.process(), from, command.to()).orElse(null);
  }

  private static Recorded record(List<WorkItemEvent> events) {
    events.forEach(AggregateLifecycle::apply);
    return events.isEmpty() ? Recorded.KNOWN : Recorded.NEW;
  }

  private static CommandExecutionException refused(WorkItemRejection rejection) {
    return new CommandExecutionException(rejection.code(), null, rejection);
  }

  @EventSourcingHandler
  void evolve(WorkItemEvent event) {
    id = event.workItem().toString();
    history =
        switch (event) {
          case WorkItemEvent.Registered registered -> History.begin(registered);
          case WorkItemEvent.StateChanged changed ->
              known()
                  .with(changed.change())
                  .inState(changed.to(), changed.sourceTo())
                  .tellingOf(newest -> newest.stateBy(changed.change()))
                  .judgedWhenComplete(
                      Transition.of(changed.change(), changed.sourceFrom(), changed.sourceTo()));
          case WorkItemEvent.StateUnmapped unmapped -> known().with(unmapped.change());
          case WorkItemEvent.TransitionViolated violated -> known().with(violated.change());
          case WorkItemEvent.JudgementDeferred deferred -> known().with(deferred.change());
          case WorkItemEvent.Retitled retitled ->
              known()
                  .with(retitled.change())
                  .tellingOf(newest -> newest.titleBy(retitled.change()));
          case WorkItemEvent.AssignmentChanged changed ->
              known()
                  .with(changed.change())
                  .tellingOf(newest -> newest.assigneeBy(changed.change()));
          case WorkItemEvent.FieldsChanged changed -> known().with(changed.change());
          case WorkItemEvent.LinksChanged changed -> known().with(changed.change());
          case WorkItemEvent.Commented commented ->
              known().with(commented.change()).commented(commented.change().revision());
          case WorkItemEvent.Deleted deleted -> known().inBin(true, deleted.change().changedAt());
          case WorkItemEvent.Restored restored ->
              known().inBin(false, restored.change().changedAt());
          case WorkItemEvent.GapDetected _ -> known();
          case WorkItemEvent.LateUpdateRecorded late ->
              known()
                  .with(late.change())
                  .judgedWhenComplete(
                      Transition.of(late.change(), late.sourceFrom(), late.sourceTo()));
          case WorkItemEvent.TransitionRequested _, WorkItemEvent.TransitionRefused _ -> known();
          case GateEvent _, SyncEvent _ -> known();
        };
  }

  private History known() {
    return Objects.requireNonNull(history);
  }
}
