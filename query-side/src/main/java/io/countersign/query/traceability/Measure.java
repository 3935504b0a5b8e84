package io.countersign.query.traceability;

import io.countersign.kernel.project.Process;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.Hierarchy;
import io.countersign.rules.policy.Trace;
import io.countersign.rules.policy.TransitionPolicy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the work items of a project are judged by.
 *
 * @param policy the policy that says so
 * @param hierarchy what it says
 */
record Measure(MatrixView.Policy policy, Hierarchy hierarchy) {

  private static final Map<String, TransitionPolicy> BUILT_IN =
      Arrays.stream(Process.values())
          .map(BuiltInPolicies::of)
          .collect(Collectors.toMap(policy -> policy.stamp().sha256(), Function.identity()));

  /** The policy that comes with the program for a process. */
  static Measure of(Process process) {
    return of(BuiltInPolicies.of(process), false);
  }

  /** A policy that comes with the program, by its digest. */
  static Measure attached(MatrixView.Policy policy, List<Trace> published) {
    TransitionPolicy builtIn = BUILT_IN.get(policy.sha256());
    return builtIn == null ? new Measure(policy, new Hierarchy(published)) : of(builtIn, true);
  }

  private static Measure of(TransitionPolicy policy, boolean attached) {
    return new Measure(
        new MatrixView.Policy(
            policy.stamp().id(), policy.stamp().version(), policy.stamp().sha256(), attached),
        policy.hierarchy());
  }

  /** As parameters of the statements, whose names these are. */
  Map<String, Object> parameters() {
    return Map.of(
        "types", array(hierarchy.types()),
        "requirements", array(hierarchy.requirements()),
        "tasks", array(hierarchy.tasks()),
        "tests", array(hierarchy.tests()),
        "tested", array(hierarchy.tested()),
        "dependents", array(hierarchy.dependents()),
        "parents", ends(hierarchy.traces(), Trace::parent),
        "children", ends(hierarchy.traces(), Trace::child),
        "uppers", ends(hierarchy.breakdowns(), Trace::parent),
        "lowers", ends(hierarchy.breakdowns(), Trace::child));
  }

  private static String[] ends(List<Trace> traces, Function<Trace, String> end) {
    return array(traces.stream().map(end).toList());
  }

  private static String[] array(Collection<String> words) {
    return words.toArray(String[]::new);
  }
}
