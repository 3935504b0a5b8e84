package io.countersign.rules.policy;

import io.countersign.rules.expression.Truth;
import io.countersign.rules.yaml.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a policy's examples when it is loaded. A condition that no example shows to fail is refused:
 * nobody would notice that it always holds.
 */
final class Examples {

  private final TransitionPolicy policy;
  private final ExampleFacts base;

  private Examples(TransitionPolicy policy, ExampleFacts base) {
    this.policy = policy;
    this.base = base;
  }

  static void run(Element root, Map<String, Element> members, TransitionPolicy policy) {
    Element examples = members.get("examples");
    Element transitions = members.get("transitions");
    if (transitions == null) {
      return;
    }
    Element base = examples == null ? null : examples.members("base").get("base");
    boolean demanding =
        policy.transitions().stream().anyMatch(t -> !t.isOpen() || t.when() != null);
    if (base == null) {
      if (demanding) {
        root.fault("'examples' with a 'base' of facts is missing: demands must be shown to fail");
      }
      return;
    }
    var run = new Examples(policy, new ExampleFacts(base));
    List<Element> elements = transitions.elements();
    for (int i = 0; i < elements.size(); i++) {
      run.transition(elements.get(i), policy.transitions().get(i));
    }
  }

  private void transition(Element element, TransitionRule transition) {
    Map<String, Element> members = element.members();
    Element requirements = members.get("requirements");
    if (requirements != null) {
      requirements.elements().forEach(requirement -> requirement(requirement, transition));
    }
    Set<String> seen = new HashSet<>();
    for (Element example : PolicyReader.each(members.get("examples"), e -> e)) {
      Map<String, Element> parts = example.members("set", "unset", "expect", "missing");
      String expect = example.requiredText(parts, "expect");
      seen.add(expect);
      Judgement judgement = judgement(example, parts);
      if (judgement != null) {
        compare(example, parts, expect, judgement, transition);
      }
    }
    if (!transition.isOpen()) {
      mustBeShown(element, seen, "allowed", "blocked");
    }
    if (transition.when() != null) {
      mustBeShown(element, seen, "not_applicable");
    }
  }

  private static void compare(
      Element example,
      Map<String, Element> parts,
      String expect,
      Judgement judgement,
      TransitionRule transition) {
    String applies = answer(judgement.applies(transition), "applies", "not_applicable");
    List<Missing> missing = judgement.missing(transition);
    String verdict =
        !applies.equals("applies") ? applies : missing.isEmpty() ? "allowed" : "blocked";
    if (!verdict.equals(expect)) {
      String why = missing.stream().map(Missing::words).collect(Collectors.joining("; "));
      example.fault(
          "expects %s, but it is %s%s"
              .formatted(expect, verdict, verdict.equals("blocked") ? ": " + why : ""));
      return;
    }
    Element named = parts.get("missing");
    if (expect.equals("blocked") && named == null) {
      example.fault("a blocked example names what is 'missing'");
    } else if (named != null) {
      List<String> wanted = PolicyReader.each(named, Element::text);
      List<String> found = missing.stream().map(Missing::id).toList();
      if (!Set.copyOf(wanted).equals(Set.copyOf(found))) {
        named.fault("expects %s, but missing are %s".formatted(wanted, found));
      }
    }
  }

  private void requirement(Element element, TransitionRule transition) {
    Map<String, Element> members = element.members();
    Element id = members.get("id");
    if (id == null || !members.containsKey("met")) {
      return;
    }
    String name = id.text();
    Requirement.Computed computed =
        transition.requirements().stream()
            .filter(Requirement.Computed.class::isInstance)
            .map(Requirement.Computed.class::cast)
            .filter(requirement -> requirement.id().equals(name))
            .findFirst()
            .orElseThrow();
    Set<String> seen = new HashSet<>();
    for (Element example : PolicyReader.each(members.get("examples"), e -> e)) {
      Map<String, Element> parts = example.members("set", "unset", "expect");
      String expect = example.requiredText(parts, "expect");
      seen.add(expect);
      Judgement judgement = judgement(example, parts);
      if (judgement != null) {
        String found = answer(judgement.holds(computed.met()), "met", "unmet");
        if (!found.equals(expect)) {
          example.fault("expects %s, but it is %s".formatted(expect, found));
        }
      }
    }
    mustBeShown(element, seen, "met", "unmet");
  }

  private @Nullable Judgement judgement(Element example, Map<String, Element> parts) {
    TransitionFacts facts = base.changed(example, parts.get("set"), parts.get("unset"));
    return facts == null ? null : new Judgement(policy, facts);
  }

  private static String answer(Truth truth, String yes, String no) {
    return switch (truth) {
      case Truth.Known(boolean holds) -> holds ? yes : no;
      case Truth.NotEvaluated _ -> "unknown";
    };
  }

  private static void mustBeShown(Element element, Set<String> seen, String... verdicts) {
    var lacking = new ArrayList<>(List.of(verdicts));
    lacking.removeAll(seen);
    for (String verdict : lacking) {
      element.fault("no example expects " + verdict);
    }
  }
}
