package io.countersign.command.workitem;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.project.Process;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.PolicyStamp;
import io.countersign.rules.policy.TransitionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Policies of the program, and nothing linked: no code, no builds, no other items. */
public final class BuiltIn {

  public static final Grounds GROUNDS = with(new Work(List.of(), List.of(), List.of(), Map.of()));

  private BuiltIn() {}

  /** The same with other things linked. */
  static Grounds with(Work work) {
    return new Grounds() {
      @Override
      public TransitionPolicy policy(PolicyReference reference) {
        return Arrays.stream(Process.values())
            .map(BuiltInPolicies::of)
            .filter(policy -> policy.stamp().sha256().equals(reference.sha256()))
            .findFirst()
            .orElseThrow(IllegalStateException::new);
      }

      @Override
      public Work work(Relations relations) {
        return work;
      }
    };
  }

  static PolicyReference reference(Process process) {
    PolicyStamp stamp = BuiltInPolicies.of(process).stamp();
    return new PolicyReference(stamp.id(), stamp.version(), stamp.sha256());
  }
}
