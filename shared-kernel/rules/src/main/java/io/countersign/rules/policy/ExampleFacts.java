package io.countersign.rules.policy;

import io.countersign.rules.yaml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts that a policy's examples start from, and their variations. */
final class ExampleFacts {

  private final Object base;

  ExampleFacts(Element base) {
    this.base = base.plain();
  }

  /**
   * The facts with some members set and others left out, each by its path: {@code item.assigned}.
   *
   * @return null when they make no facts; that is a fault of the example
   */
  @Nullable TransitionFacts changed(
      Element example, @Nullable Element set, @Nullable Element unset) {
    Map<String, Object> facts = copy(base);
    if (set != null) {
      set.members().forEach((path, value) -> put(facts, path, value.plain()));
    }
    if (unset != null) {
      for (Element path : unset.elements()) {
        if (put(facts, path.text(), null) == null) {
          path.fault("the base has nothing there");
        }
      }
    }
    try {
      return TransitionFacts.of(facts);
    } catch (IllegalArgumentException e) {
      example.fault(String.valueOf(e.getMessage()));
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object put(
      Map<String, Object> facts, String path, @Nullable Object value) {
    Map<String, Object> at = facts;
    List<String> steps = new ArrayList<>(List.of(path.split("\\.")));
    String last = steps.removeLast();
    for (String step : steps) {
      Object next = at.computeIfAbsent(step, _ -> new HashMap<String, Object>());
      if (!(next instanceof Map)) {
        return null;
      }
      at = (Map<String, Object>) next;
    }
    return value == null ? at.remove(last) : at.put(last, value);
  }

  private static Map<String, Object> copy(Object value) {
    Map<String, Object> copy = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, member) -> copy.put((String) key, member instanceof Map ? copy(member) : member));
    }
    return copy;
  }
}
