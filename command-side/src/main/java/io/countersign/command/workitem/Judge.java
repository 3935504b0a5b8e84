package io.countersign.command.workitem;

import io.countersign.command.project.Transitions;
import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.Basis;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Decision;
import io.countersign.kernel.workitem.Missing;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.CanonicalJson;
import io.countersign.rules.policy.TransitionFacts;
import io.countersign.rules.policy.TransitionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds transitions of a work item against what is in force: the policy attached to the project, or
 * the transitions of its process where none is.
 */
final class Judge {

  private final WorkItemId workItem;
  private final ItemState item;
  private final Grounds grounds;

  Judge(WorkItemId workItem, ItemState item, Grounds grounds) {
    this.workItem = workItem;
    this.item = item;
    this.grounds = grounds;
  }

  /** A transition that somebody here asks for. */
  Verdict asked(WorkItemState from, WorkItemState to, Basis basis) {
    Optional<PolicyReference> reference = basis.gates().at(basis.at(), to);
    if (reference.isEmpty()) {
      return byProcess(basis.process(), from, to);
    }
    TransitionPolicy policy = grounds.policy(reference.get());
    Work work = work(policy, from, to);
    Facts facts = new Facts(workItem, item, from, to);
    return verdict(
        reference.get(),
        policy,
        from,
        to,
        facts.now(basis.by(), basis.at(), work),
        Stream.concat(item.gates().deciders(), Stream.of(basis.by())).toList());
  }

  /** A transition that happened in the source. */
  Verdict happened(
      Process process,
      Optional<PolicyReference> reference,
      WorkItemState from,
      WorkItemState to,
      SourceChange change) {
    if (reference.isEmpty()) {
      return byProcess(process, from, to);
    }
    TransitionPolicy policy = grounds.policy(reference.get());
    Person by = change.changedBy();
    TransitionFacts facts =
        new Facts(workItem, item, from, to)
            .then(
                by == null ? null : by.id().toString(),
                change.changedAt(),
                change.revision(),
                work(policy, from, to));
    return verdict(reference.get(), policy, from, to, facts, item.gates().deciders().toList());
  }

  /** Whether a policy lets transitions pass that miss nothing but what an override can replace. */
  boolean canBeOverridden(WorkItemState from, WorkItemState to, Basis basis) {
    return basis
        .gates()
        .at(basis.at(), to)
        .map(grounds::policy)
        .filter(policy -> policy.overrides() != null)
        .filter(policy -> !policy.between(from, to).isEmpty())
        .isPresent();
  }

  /** What is known of linked things, for who asks whether somebody worked on the item. */
  Work work() {
    return grounds.work(item.profile().relations());
  }

  /** Linked things are looked up only where the policy asks for anything. */
  private Work work(TransitionPolicy policy, WorkItemState from, WorkItemState to) {
    boolean asks =
        policy.between(from, to).stream().anyMatch(rule -> rule.when() != null || !rule.isOpen());
    return asks ? work() : Work.NOT_ASKED;
  }

  private static Verdict verdict(
      PolicyReference reference,
      TransitionPolicy policy,
      WorkItemState from,
      WorkItemState to,
      TransitionFacts facts,
      List<Decider> known) {
    io.countersign.rules.policy.Decision judged = policy.decide(from, to, facts);
    List<Missing> missing =
        judged.missing().stream()
            .map(one -> new Missing(one.kind().word(), one.id(), one.words()))
            .toList();
    return Verdict.of(
        new Decision(reference, judged.allowed(), missing, judged.inputs()),
        rule(reference, judged.transition(), missing),
        known);
  }

  private static String rule(
      PolicyReference reference, @Nullable String transition, List<Missing> missing) {
    return transition == null && !missing.isEmpty()
        ? missing.getFirst().id()
        : reference.id() + "." + (transition == null ? "transition" : transition);
  }

  private static Verdict byProcess(Process process, WorkItemState from, WorkItemState to) {
    Optional<RuleForbids> broken = Transitions.refusal(process, from, to);
    String inputs =
        CanonicalJson.of(Map.of("from", from.word(), "process", process.word(), "to", to.word()));
    Decision decision =
        new Decision(
            Transitions.reference(process),
            broken.isEmpty(),
            broken.map(RuleForbids::missing).orElse(List.of()),
            inputs);
    return Verdict.of(decision, process.word() + ".transition", List.of());
  }
}
