package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.Decision;
import io.countersign.kernel.workitem.Missing;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of judging a transition.
 *
 * @param decision as it is recorded
 * @param rule id of the transition that was judged, or of the rule that there is none
 * @param missing with names of principals for people who decided here
 */
record Verdict(Decision decision, String rule, List<Missing> missing) {

  Verdict {
    missing = List.copyOf(missing);
  }

  static Verdict of(Decision decision, String rule, List<Decider> known) {
    Map<String, String> names =
        known.stream()
            .collect(Collectors.toMap(Facts::key, Decider::principal, (one, other) -> one));
    return new Verdict(
        decision,
        rule,
        decision.missing().stream()
            .map(one -> new Missing(one.kind(), one.id(), named(one.words(), names)))
            .toList());
  }

  private static String named(String words, Map<String, String> names) {
    String text = words;
    for (Map.Entry<String, String> name : names.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    return text;
  }

  boolean allowed() {
    return decision.allowed();
  }

  String reason() {
    return missing.stream().map(Missing::words).collect(Collectors.joining("; "));
  }

  RuleForbids refusal() {
    return new RuleForbids(rule, reason(), missing);
  }
}
