package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.CanonicalJson;
import io.countersign.rules.yaml.Element;
import io.countersign.rules.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A policy out of its file. Reads on after a fault, so that one run shows them all. */
final class PolicyReader {

  private static final String API_VERSION = "countersign.dev/policy/v1";
  private static final String KIND = "TransitionPolicy";

  private PolicyReader() {}

  static TransitionPolicy read(String file, byte[] bytes) {
    Element root = YamlFile.read(file, bytes);
    Map<String, Element> members =
        root.members(
            "apiVersion",
            "kind",
            "metadata",
            "parameters",
            "states",
            "transitions",
            "traceability",
            "overrides",
            "examples");
    constant(root, members, "apiVersion", API_VERSION);
    constant(root, members, "kind", KIND);
    Map<String, Object> parameters = parameters(members);
    Set<WorkItemState> states =
        root.required(members, "states").map(PolicyReader::states).orElse(Set.of());
    List<TransitionRule> transitions =
        root.required(members, "transitions")
            .map(list -> TransitionReader.read(list, states, parameters))
            .orElse(List.of());
    TransitionPolicy policy =
        described(root, members, CanonicalJson.sha256(bytes), parameters, states, transitions);
    root.end();
    Examples.run(root, members, policy);
    root.end();
    return policy;
  }

  private static TransitionPolicy described(
      Element root,
      Map<String, Element> members,
      String sha256,
      Map<String, Object> parameters,
      Set<WorkItemState> states,
      List<TransitionRule> transitions) {
    Optional<Element> metadata = root.required(members, "metadata");
    Map<String, Element> about =
        metadata
            .map(m -> m.members("id", "version", "process", "title", "description"))
            .orElse(Map.of());
    Function<String, String> text = key -> metadata.map(m -> m.requiredText(about, key)).orElse("");
    Element processOf = about.get("process");
    if (metadata.isPresent() && processOf == null) {
      metadata.get().fault("'process' is missing");
    }
    Process process = processOf == null ? null : processOf.as(PolicyReader::process);
    Element overrides = members.get("overrides");
    return new TransitionPolicy(
        new PolicyStamp(id(about, text), text.apply("version"), sha256),
        process == null ? Process.AGILE : process,
        text.apply("title"),
        about.containsKey("description") ? text.apply("description").strip() : "",
        parameters,
        states,
        transitions,
        Hierarchy.of(members),
        overrides == null ? null : overrides(overrides));
  }

  private static String id(Map<String, Element> about, Function<String, String> text) {
    Element id = about.get("id");
    return id == null ? text.apply("id") : Tokens.token(id);
  }

  private static void constant(
      Element root, Map<String, Element> members, String key, String wanted) {
    root.required(members, key)
        .filter(member -> !member.text().equals(wanted))
        .ifPresent(member -> member.fault("must be " + wanted));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parameters(Map<String, Element> members) {
    Element parameters = members.get("parameters");
    if (parameters == null) {
      return Map.of();
    }
    parameters.members();
    return parameters.plain() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static Set<WorkItemState> states(Element list) {
    Set<WorkItemState> states = EnumSet.noneOf(WorkItemState.class);
    for (Element word : list.oneOrMore()) {
      WorkItemState state = word.as(WorkItemState::of);
      if (state != null && !states.add(state)) {
        word.fault("this state is there twice");
      }
    }
    return Collections.unmodifiableSet(states);
  }

  static Set<Role> roles(@Nullable Element list) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (list != null) {
      list.oneOrMore().stream()
          .map(word -> word.as(Role::of))
          .filter(Objects::nonNull)
          .forEach(roles::add);
    }
    return Collections.unmodifiableSet(roles);
  }

  private static Process process(String word) {
    for (Process process : Process.values()) {
      if (process.word().equals(word)) {
        return process;
      }
    }
    throw new IllegalArgumentException(
        "unknown process '%s'; processes are basic, agile, scrum, cmmi".formatted(word));
  }

  private static OverrideTerms overrides(Element overrides) {
    Map<String, Element> members =
        overrides.members("allowedBy", "secondPerson", "justificationMinLength");
    Set<Role> allowedBy = roles(overrides.required(members, "allowedBy").orElse(null));
    Element second = members.get("secondPerson");
    Element length = members.get("justificationMinLength");
    return new OverrideTerms(
        allowedBy, second == null || second.flag(), length == null ? 1 : length.number(1, 10_000));
  }

  /** Faults of what is there twice. */
  static void refuseTwice(List<Element> elements, List<String> ids, String what) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).isEmpty() && !seen.add(ids.get(i))) {
        elements.get(i).fault("%s '%s' is there twice".formatted(what, ids.get(i)));
      }
    }
  }

  /** Reads each and keeps what could be read, in order. */
  static <T> List<T> each(@Nullable Element list, Function<Element, T> reading) {
    var read = new ArrayList<T>();
    if (list != null) {
      list.elements().forEach(element -> read.add(reading.apply(element)));
    }
    return read;
  }
}
