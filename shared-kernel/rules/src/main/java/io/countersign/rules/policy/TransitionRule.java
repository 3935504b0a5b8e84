package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.expression.Condition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transition of a policy and all it needs, what it takes over from those it skips included.
 *
 * @param id its name in decisions
 * @param title what it means
 * @param from states it leaves
 * @param to states it leads to
 * @param when items it is for; null: for all
 * @param skips transitions whose demands it takes over, because it goes past them
 * @param requirements what must be so
 * @param approvals who must agree
 * @param documents what must be there
 * @param segregation gates that need people of their own
 * @param sha256 of its canonical form with the policy's parameters
 */
public record TransitionRule(
    String id,
    String title,
    Set<WorkItemState> from,
    Set<WorkItemState> to,
    @Nullable Condition when,
    List<String> skips,
    List<Requirement> requirements,
    List<Gate> approvals,
    List<RequiredDocument> documents,
    List<Separation> segregation,
    String sha256) {

  /** Whether it leads from one state to the other. */
  public boolean leads(WorkItemState one, WorkItemState other) {
    return from.contains(one) && to.contains(other);
  }

  /** Whether it needs nothing at all. */
  public boolean isOpen() {
    return requirements.isEmpty() && approvals.isEmpty() && documents.isEmpty();
  }
}
