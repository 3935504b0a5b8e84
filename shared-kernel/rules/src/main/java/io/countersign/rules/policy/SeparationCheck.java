package io.countersign.rules.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether gates that need people of their own can have them. They can when every group of them has
 * as many people together as it needs approvals (Hall's theorem); gates are few.
 */
final class SeparationCheck {

  private SeparationCheck() {}

  /** Gates that lack approvals anyway are not looked at: that is said elsewhere. */
  static Optional<Missing> of(Separation separation, List<GateCheck.Result> results) {
    List<GateCheck.Result> gates =
        results.stream()
            .filter(result -> separation.gates().contains(result.gate().id()))
            .filter(result -> result.missing().isEmpty())
            .toList();
    for (int group = 1; group < 1 << gates.size(); group++) {
      var people = new TreeSet<String>();
      var names = new ArrayList<String>();
      int needed = 0;
      for (int i = 0; i < gates.size(); i++) {
        if ((group & 1 << i) != 0) {
          people.addAll(gates.get(i).approvers());
          names.add(gates.get(i).gate().id());
          needed += gates.get(i).gate().count();
        }
      }
      if (people.size() < needed) {
        return Optional.of(shared(separation, names, people));
      }
    }
    return Optional.empty();
  }

  private static Missing shared(Separation separation, List<String> gates, TreeSet<String> people) {
    return new Missing(
        Missing.Kind.SEGREGATION,
        separation.id(),
        "needs different people for gates %s (%s); only %s approved"
            .formatted(
                String.join(" and ", gates),
                separation.title(),
                people.stream().collect(Collectors.joining(" and "))));
  }
}
