package io.countersign.rules.policy;

import io.countersign.rules.CanonicalJson;
import io.countersign.rules.yaml.Element;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A transition that goes past others takes over what they need: there is no way around a gate. */
final class Shortcuts {

  private final List<Element> elements;
  private final List<TransitionRule> read;

  Shortcuts(List<Element> elements, List<TransitionRule> read) {
    this.elements = elements;
    this.read = read;
  }

  List<TransitionRule> takeOver() {
    var whole = new ArrayList<TransitionRule>();
    for (int i = 0; i < read.size(); i++) {
      whole.add(takeOver(elements.get(i), read.get(i)));
    }
    return List.copyOf(whole);
  }

  private TransitionRule takeOver(Element element, TransitionRule own) {
    var parts = new ArrayList<TransitionRule>();
    for (String id : own.skips()) {
      read.stream()
          .filter(transition -> transition.id().equals(id))
          .findFirst()
          .ifPresentOrElse(
              skipped -> {
                parts.add(skipped);
                if (!skipped.skips().isEmpty()) {
                  element.fault("it skips '%s', which skips others: name those".formatted(id));
                }
              },
              () -> element.fault("it skips '%s', which is no transition".formatted(id)));
    }
    parts.add(own);
    return new TransitionRule(
        own.id(),
        own.title(),
        own.from(),
        own.to(),
        own.when(),
        own.skips(),
        joined(parts, TransitionRule::requirements, Requirement::id),
        joined(parts, TransitionRule::approvals, Gate::id),
        joined(parts, TransitionRule::documents, RequiredDocument::kind),
        joined(parts, TransitionRule::segregation, Separation::id),
        own.skips().isEmpty()
            ? own.sha256()
            : CanonicalJson.sha256(parts.stream().map(TransitionRule::sha256).toList()));
  }

  /**
   * In order; of two with one name the later holds, so that a shortcut can say it in its own way.
   */
  private static <T> List<T> joined(
      List<TransitionRule> parts,
      Function<TransitionRule, Collection<T>> demands,
      Function<T, String> id) {
    Map<String, T> joined = new LinkedHashMap<>();
    for (TransitionRule part : parts) {
      demands.apply(part).forEach(demand -> joined.put(id.apply(demand), demand));
    }
    return List.copyOf(joined.values());
  }
}
