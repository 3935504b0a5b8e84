package io.countersign.command.workitem;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.Approve;
import io.countersign.kernel.workitem.GateCommand.AttachDocument;
import io.countersign.kernel.workitem.GateCommand.AttestRequirement;
import io.countersign.kernel.workitem.GateCommand.ConfirmOverride;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.GateCommand.Delegate;
import io.countersign.kernel.workitem.GateCommand.EndDelegation;
import io.countersign.kernel.workitem.GateCommand.RefuseOverride;
import io.countersign.kernel.workitem.GateCommand.Reject;
import io.countersign.kernel.workitem.GateCommand.RequestOverride;
import io.countersign.kernel.workitem.GateCommand.Revoke;
import io.countersign.kernel.workitem.GateCommand.WithdrawAttestation;
import io.countersign.kernel.workitem.GateCommand.WithdrawDocument;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.SyncCommand.ConsiderWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WriteAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
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
@Revision("6")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class WorkItem {

  @AggregateIdentifier private @Nullable String id;
  private @Nullable ItemState item;

  /** For Axon and Jackson. */
  WorkItem() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordCreation command, Grounds grounds) {
    return record(ForeignFacts.creation(item, command, grounds));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordUpdate command, Grounds grounds) {
    if (item == null && command.sighting() == null) {
      throw refused(new WorkItemRejection.NotEnoughToRegister());
    }
    return record(ForeignFacts.update(item, command, grounds));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordComment command) {
    return record(ForeignFacts.comment(item, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordDeletion command) {
    return record(ForeignFacts.deletion(item, command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Recorded handle(RecordRestoration command) {
    return record(ForeignFacts.restoration(item, command));
  }

  @CommandHandler
  TransitionAnswer handle(RequestTransition command, Grounds grounds) {
    Requests.Decided decided = Requests.request(known(), command, grounds);
    decided.events().forEach(AggregateLifecycle::apply);
    return decided.answer();
  }

  @CommandHandler
  GateAnswer handle(ConsiderTransitions command, Grounds grounds) {
    return decide(item -> Requests.consider(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(AttachDocument command) {
    return decide(item -> Deliverables.attach(item, command));
  }

  @CommandHandler
  GateAnswer handle(WithdrawDocument command) {
    return decide(item -> Deliverables.withdraw(item, command));
  }

  @CommandHandler
  GateAnswer handle(AttestRequirement command, Grounds grounds) {
    return decide(item -> Deliverables.attest(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(WithdrawAttestation command) {
    return decide(item -> Deliverables.takeBack(item, command));
  }

  @CommandHandler
  GateAnswer handle(Approve command, Grounds grounds) {
    return decide(item -> Approvals.approve(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(Reject command, Grounds grounds) {
    return decide(item -> Approvals.reject(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(Revoke command) {
    return decide(item -> Approvals.revoke(item, command));
  }

  @CommandHandler
  GateAnswer handle(Delegate command, Grounds grounds) {
    return decide(item -> Approvals.delegate(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(EndDelegation command) {
    return decide(item -> Approvals.endDelegation(item, command));
  }

  @CommandHandler
  GateAnswer handle(RequestOverride command, Grounds grounds) {
    return decide(item -> Overrides.request(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(ConfirmOverride command, Grounds grounds) {
    return decide(item -> Overrides.confirm(item, command, grounds));
  }

  @CommandHandler
  GateAnswer handle(RefuseOverride command, Grounds grounds) {
    return decide(item -> Overrides.refuse(item, command, grounds));
  }

  @CommandHandler
  WriteAnswer handle(ConsiderWrite command) {
    return Writes.consider(known(), command);
  }

  @CommandHandler
  Recorded handle(RecordWritten command) {
    return record(Writes.written(known(), command));
  }

  @CommandHandler
  Recorded handle(RecordWriteRefused command) {
    return record(Writes.refused(known(), command));
  }

  @CommandHandler
  Recorded handle(RecordFound command) {
    return record(Meeting.found(known(), command));
  }

  @CommandHandler
  Recorded handle(AbandonWrite command) {
    return record(Writes.abandoned(known(), command));
  }

  @CommandHandler
  GateAnswer handle(ResolveConflict command, Grounds grounds) {
    return decide(item -> Writes.resolve(item, command, grounds));
  }

  private GateAnswer decide(Function<ItemState, Outcome> decision) {
    try {
      Outcome outcome = decision.apply(known());
      outcome.events().forEach(AggregateLifecycle::apply);
      return outcome.answer();
    } catch (NotTaken e) {
      return new GateAnswer.Refused(e.rejection());
    }
  }

  private static Recorded record(List<WorkItemEvent> events) {
    events.forEach(AggregateLifecycle::apply);
    return events.isEmpty() ? Recorded.KNOWN : Recorded.NEW;
  }

  private static CommandExecutionException refused(WorkItemRejection rejection) {
    return new CommandExecutionException(rejection.code(), null, rejection);
  }

  @EventSourcingHandler
  void evolve(
      WorkItemEvent event,
      @Timestamp Instant at,
      @MetaDataValue(Provenance.ACTOR) @Nullable String actor) {
    id = event.workItem().toString();
    Instant coarse = at.truncatedTo(ChronoUnit.MILLIS); // as the log gives it back
    item =
        event instanceof WorkItemEvent.Registered registered
            ? ItemState.begin(registered)
            : known().evolve(event, coarse, actor);
  }

  private ItemState known() {
    return Objects.requireNonNull(item);
  }
}
