package io.countersign.command.project;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.PolicyStamp;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which canonical states may follow which, per process: the edges of the policy that comes for it.
 * The way of work of the nine states is in every policy, because an inherited process can add them
 * to any template; so is the workflow that Microsoft documents for the template, read through
 * {@link ProcessTemplates}. What the template merely permits is not in it.
 */
public final class Transitions {

  private Transitions() {}

  /**
   * How decisions name these transitions: by the policy whose edges they are. It needs no
   * publishing.
   */
  public static PolicyReference reference(Process process) {
    PolicyStamp stamp = BuiltInPolicies.of(process).stamp();
    return new PolicyReference(process.word() + ".transitions", stamp.version(), stamp.sha256());
  }

  /** What may follow a state. */
  public static Set<WorkItemState> from(Process process, WorkItemState from) {
    return edges(process, from);
  }

  /** The rule that a transition breaks, if any. Staying in a state breaks none. */
  public static Optional<RuleForbids> refusal(
      Process process, WorkItemState from, WorkItemState to) {
    Set<WorkItemState> allowed = edges(process, from);
    if (from == to || allowed.contains(to)) {
      return Optional.empty();
    }
    String next =
        allowed.isEmpty()
            ? "nothing follows"
            : allowed.stream().map(WorkItemState::word).collect(Collectors.joining(", "));
    return Optional.of(
        new RuleForbids(
            process.word() + ".transition",
            "in the %s process, %s is not followed by %s but by: %s"
                .formatted(process.word(), from.word(), to.word(), next)));
  }

  private static Set<WorkItemState> edges(Process process, WorkItemState from) {
    return BuiltInPolicies.of(process).following(from);
  }
}
