package io.countersign.rules.policy;

import io.countersign.kernel.project.Process;
import io.countersign.rules.yaml.Element;
import io.countersign.rules.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Facts that pass every gate of a process's policy, and variations of them. */
final class Facts {

  private final Map<String, Object> plain;

  private Facts(Map<String, Object> plain) {
    this.plain = plain;
  }

  /** Those that the policy's examples start from. */
  static Facts passing(Process process) {
    Element root = YamlFile.read(process.word() + ".yaml", BuiltInPolicies.file(process));
    Element base = root.members().get("examples").members().get("base");
    return new Facts(TransitionFacts.of(map(base.plain())).plain());
  }

  TransitionFacts facts() {
    return TransitionFacts.of(plain);
  }

  Facts with(String name, Object value) {
    var changed = new LinkedHashMap<>(plain);
    changed.put(name, value);
    return new Facts(changed);
  }

  Facts without(String name) {
    var changed = new LinkedHashMap<>(plain);
    changed.remove(name);
    return new Facts(changed);
  }

  Facts item(String name, Object value) {
    var item = new LinkedHashMap<>(map(plain.get("item")));
    item.put(name, value);
    return with("item", item);
  }

  /** A list without those of its members that a predicate names. */
  Facts drop(String list, Predicate<Map<String, Object>> which) {
    var members = new ArrayList<Map<String, Object>>();
    for (Object member : (List<?>) plain.getOrDefault(list, List.of())) {
      if (!which.test(map(member))) {
        members.add(map(member));
      }
    }
    return with(list, members);
  }

  Facts and(String list, Map<String, Object> member) {
    var members = new ArrayList<Object>((List<?>) plain.getOrDefault(list, List.of()));
    members.add(member);
    return with(list, members);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
