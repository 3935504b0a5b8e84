package io.countersign.kernel.workitem;

import io.countersign.kernel.policy.PolicyReference;
import java.util.List;

/**
 * What a policy said about a transition, with all that is needed to ask it again.
 *
 * @param policy the policy
 * @param allowed its verdict
 * @param missing what was missing; empty when allowed
 * @param inputs the facts it was asked about, as canonical JSON (RFC 8785): subject ids, names of
 *     principals, codes and times, no personal data in clear
 */
public record Decision(
    PolicyReference policy, boolean allowed, List<Missing> missing, String inputs) {

  /** Copies what is missing. */
  public Decision {
    missing = List.copyOf(missing);
  }
}
