package io.countersign.command.workitem;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.rules.policy.TransitionPolicy;

/**
 * What judging takes that is not in the work item's own history. What it answers is recorded with
 * each decision, so decisions can be judged again without it.
 */
public interface Grounds {

  /**
   * The text of a policy, compiled.
   *
   * @throws IllegalStateException when nobody published it
   */
  TransitionPolicy policy(PolicyReference reference);

  /** What is known of linked things. */
  Work work(Relations relations);
}
