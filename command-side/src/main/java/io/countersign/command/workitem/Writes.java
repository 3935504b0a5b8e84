package io.countersign.command.workitem;

import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.SyncCommand.AbandonWrite;
import io.countersign.kernel.workitem.SyncCommand.ConsiderWrite;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemRejection.StateNotMapped;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of our writes, and which side of a conflict holds. */
final class Writes {

  private static final String NOT_ALLOWED = "not-allowed-from-theirs";

  private Writes() {}

  static WriteAnswer consider(ItemState item, ConsiderWrite command) {
    Outgoing.Write write = item.outgoing().write();
    History history = item.history();
    if (write == null) {
      return new WriteAnswer.NotWanted("over");
    }
    if (write.to() != command.to()) {
      return new WriteAnswer.NotWanted("replaced");
    }
    if (write.writtenAs() != null) {
      return new WriteAnswer.NotWanted("written");
    }
    if (history.deleted()) {
      return new WriteAnswer.NotWanted("deleted");
    }
    if (write.reversal() && (!history.complete() || history.state() != write.from())) {
      return new WriteAnswer.NotWanted(history.complete() ? Meeting.OVERTAKEN : "incomplete");
    }
    return new WriteAnswer.Wanted(
        write.from(),
        history.sourceState(),
        write.sourceTo(),
        write.revision(),
        write.askedBy(),
        write.reversal());
  }

  static List<WorkItemEvent> written(ItemState item, RecordWritten command) {
    Outgoing.Own own = item.outgoing().find(command.revision());
    return own != null && own.written()
        ? List.of()
        : List.of(
            new SyncEvent.TransitionWritten(
                command.workItem(), command.to(), command.sourceState(), command.revision()));
  }

  static List<WorkItemEvent> refused(ItemState item, RecordWriteRefused command) {
    return item.outgoing().unwritten(command.to()) == null
        ? List.of()
        : List.of(
            new SyncEvent.WriteRefused(
                command.workItem(), command.to(), command.code(), command.words()));
  }

  static List<WorkItemEvent> abandoned(ItemState item, AbandonWrite command) {
    return item.outgoing().unwritten(command.to()) == null
        ? List.of()
        : List.of(
            new SyncEvent.WriteAbandoned(
                command.workItem(), command.to(), command.reason(), command.words()));
  }

  /** Nothing else is asked for while a conflict waits for its decision. */
  static @Nullable RuleForbids blocked(ItemState item) {
    Outgoing.Clash clash = item.outgoing().clash();
    return clash == null
        ? null
        : new RuleForbids(
            "workitem.conflict",
            ("both sides moved it: we asked for %s and the source has %s; decide the conflict %s"
                    + " first")
                .formatted(
                    clash.wanted().word(),
                    clash.theirs() == null ? "a state nobody mapped" : clash.theirs().word(),
                    clash.conflict()));
  }

  /** Decides a conflict. */
  static Outcome resolve(ItemState item, ResolveConflict command, Grounds grounds) {
    Outgoing.Clash clash = item.outgoing().clash();
    if (clash == null || !clash.conflict().equals(command.conflict())) {
      throw NotTaken.because(
          "conflict-over", "there is no such conflict, or it was decided already");
    }
    return command.keep() == ConflictResolution.THEIRS
        ? theirs(item, command, clash, Meeting.THEIRS, List.of(), command.reason())
        : ours(item, command, clash, grounds);
  }

  private static Outcome theirs(
      ItemState item,
      ResolveConflict command,
      Outgoing.Clash clash,
      String code,
      List<WorkItemEvent> before,
      @Nullable SealedText reason) {
    List<WorkItemEvent> events = new ArrayList<>(before);
    events.add(resolved(command, ConflictResolution.THEIRS, reason));
    events.add(
        new SyncEvent.WriteAbandoned(command.workItem(), clash.wanted(), code, command.reason()));
    return answered(item, command, events);
  }

  private static Outcome ours(
      ItemState item, ResolveConflict command, Outgoing.Clash clash, Grounds grounds) {
    WorkItemId workItem = command.workItem();
    WorkItemState from = stateThere(item, clash);
    WorkItemState to = clash.wanted();
    RuleForbids hopeless = hopeless(item, from, to);
    if (from == null || hopeless != null) {
      return notOurs(item, command, clash, List.of(), hopeless);
    }
    Verdict verdict = new Judge(workItem, item, grounds).asked(from, to, command.basis());
    Optional<UUID> override =
        verdict.allowed()
            ? Optional.empty()
            : Overrides.inForce(item, workItem, from, to, command.basis(), grounds);
    var decided =
        new TransitionDecided(workItem, from, to, verdict.decision(), override.orElse(null), null);
    if (!verdict.allowed() && override.isEmpty()) {
      return notOurs(item, command, clash, List.of(decided), verdict.refusal());
    }
    return answered(
        item,
        command,
        List.of(
            decided,
            resolved(command, ConflictResolution.OURS, command.reason()),
            new TransitionRequested(workItem, from, to)));
  }

  private static Outcome notOurs(
      ItemState item,
      ResolveConflict command,
      Outgoing.Clash clash,
      List<WorkItemEvent> decided,
      @Nullable RuleForbids why) {
    if (!command.elseTheirs()) {
      throw new NotTaken(why == null ? new StateNotMapped() : why);
    }
    String words = (why == null ? new StateNotMapped() : why).reason();
    SealedText reason = SealedText.of(command.workItem().keyOwner(), Purpose.CONTENT, words);
    return theirs(item, command, clash, NOT_ALLOWED, decided, reason);
  }

  private static @Nullable RuleForbids hopeless(
      ItemState item, @Nullable WorkItemState from, WorkItemState to) {
    Outgoing.Write write = item.outgoing().write();
    if (item.history().deleted()) {
      return new RuleForbids("workitem.deleted", "the work item is in the recycle bin");
    }
    if (write != null && write.reversal()) {
      return new RuleForbids(
          "workitem.reversal", "what the source did broke the policy and is being moved back");
    }
    return from == to
        ? new RuleForbids(
            "workitem.already-there", "the work item is %s already".formatted(to.word()))
        : null;
  }

  /**
   * What the source has now: what was found when we wrote may be newer than what it told, also of
   * the same revision, when it told something else of it and the change of the state got lost.
   */
  private static @Nullable WorkItemState stateThere(ItemState item, Outgoing.Clash clash) {
    return clash.revision() >= item.profile().revision() ? clash.theirs() : item.history().state();
  }

  private static SyncEvent.ConflictResolved resolved(
      ResolveConflict command, ConflictResolution holds, @Nullable SealedText reason) {
    return new SyncEvent.ConflictResolved(
        command.workItem(), command.conflict(), holds, command.decidedBy(), reason);
  }

  private static Outcome answered(
      ItemState item, ResolveConflict command, List<WorkItemEvent> events) {
    return new Outcome(
        events, new GateAnswer.Recorded(command.conflict(), item.profile().revision()));
  }
}
