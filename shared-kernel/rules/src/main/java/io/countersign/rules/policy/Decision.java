package io.countersign.rules.policy;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of one transition, with all it takes to ask again.
 *
 * @param policy which policy
 * @param transition the id of the transition that was judged; null when the policy has none
 * @param from state it leaves
 * @param to state it leads to
 * @param missing what keeps it from happening; empty: allowed
 * @param inputs the facts, as canonical JSON
 */
public record Decision(
    PolicyStamp policy,
    @Nullable String transition,
    WorkItemState from,
    WorkItemState to,
    List<Missing> missing,
    String inputs) {

  /** Whether nothing is missing. */
  public boolean allowed() {
    return missing.isEmpty();
  }

  /** SHA-256 of the facts' canonical JSON. */
  public String inputsSha256() {
    return CanonicalJson.sha256(inputs.getBytes(StandardCharsets.UTF_8));
  }
}
