package io.countersign.kernel.workitem;

import io.countersign.kernel.policy.PolicyReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transition that a work item could make.
 *
 * @param to where it leads
 * @param allowed whether it may be asked for now
 * @param missing what is missing first
 * @param policy policy that says so; absent where only the transitions of the process hold
 */
public record Prospect(
    WorkItemState to, boolean allowed, List<Missing> missing, @Nullable PolicyReference policy) {

  /** Copies what is missing. */
  public Prospect {
    missing = List.copyOf(missing);
  }
}
