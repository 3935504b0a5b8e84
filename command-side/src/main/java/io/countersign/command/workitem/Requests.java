package io.countersign.command.workitem;

import io.countersign.command.project.Transitions;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.Prospect;
import io.countersign.kernel.workitem.TransitionAnswer;
import io.countersign.kernel.workitem.WorkItemCommand.RequestTransition;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRefused;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemRejection.StateNotMapped;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transitions that somebody here asks for, or asks about. */
final class Requests {

  private Requests() {}

  /** What is recorded and answered. */
  record Decided(List<WorkItemEvent> events, TransitionAnswer answer) {}

  static Decided request(ItemState item, RequestTransition command, Grounds grounds) {
    WorkItemState from = item.history().state();
    WorkItemState to = command.to();
    if (from == null) {
      return new Decided(List.of(), new TransitionAnswer.Refused(new StateNotMapped()));
    }
    RuleForbids hopeless = hopeless(item, from, to);
    if (hopeless != null) {
      return new Decided(
          List.of(refused(command, from, hopeless)), new TransitionAnswer.Refused(hopeless));
    }
    Basis basis = command.basis();
    Verdict verdict = new Judge(command.workItem(), item, grounds).asked(from, to, basis);
    Optional<UUID> override =
        verdict.allowed()
            ? Optional.empty()
            : Overrides.inForce(item, command.workItem(), from, to, basis, grounds);
    var decided =
        new TransitionDecided(
            command.workItem(), from, to, verdict.decision(), override.orElse(null), null);
    if (verdict.allowed() || override.isPresent()) {
      return new Decided(
          List.of(decided, new TransitionRequested(command.workItem(), from, to)),
          new TransitionAnswer.Requested(from, to));
    }
    RuleForbids broken = verdict.refusal();
    return new Decided(
        List.of(decided, refused(command, from, broken)), new TransitionAnswer.Refused(broken));
  }

  private static @Nullable RuleForbids hopeless(
      ItemState item, WorkItemState from, WorkItemState to) {
    if (item.history().deleted()) {
      return new RuleForbids("workitem.deleted", "the work item is in the recycle bin");
    }
    return from == to
        ? new RuleForbids(
            "workitem.already-there", "the work item is %s already".formatted(from.word()))
        : Writes.blocked(item);
  }

  private static TransitionRefused refused(
      RequestTransition command, WorkItemState from, RuleForbids broken) {
    return new TransitionRefused(
        command.workItem(), from, command.to(), broken.rule(), broken.reason());
  }

  /** What may follow, each with what is missing. */
  static Outcome consider(ItemState item, ConsiderTransitions command, Grounds grounds) {
    WorkItemState from = OpenGate.stateOf(item);
    Basis basis = command.basis();
    Judge judge = new Judge(command.workItem(), item, grounds);
    List<Prospect> prospects = new ArrayList<>();
    for (WorkItemState to : following(from, basis, grounds)) {
      Verdict verdict = judge.asked(from, to, basis);
      boolean overridden =
          !verdict.allowed()
              && Overrides.inForce(item, command.workItem(), from, to, basis, grounds).isPresent();
      prospects.add(
          new Prospect(
              to,
              verdict.allowed() || overridden,
              verdict.missing(),
              basis.gates().at(basis.at(), to).orElse(null)));
    }
    return new Outcome(
        List.of(), new GateAnswer.Considered(from, item.profile().revision(), prospects));
  }

  private static List<WorkItemState> following(WorkItemState from, Basis basis, Grounds grounds) {
    return Arrays.stream(WorkItemState.values())
        .filter(to -> to != from)
        .filter(
            to -> {
              Optional<PolicyReference> policy = basis.gates().at(basis.at(), to);
              return policy.isPresent()
                  ? !grounds.policy(policy.get()).between(from, to).isEmpty()
                  : Transitions.from(basis.process(), from).contains(to);
            })
        .toList();
  }
}
