package io.countersign.rules.policy;

import io.countersign.rules.CanonicalJson;
import io.countersign.rules.expression.Language;
import io.countersign.rules.expression.Language.Kind;
import io.countersign.rules.expression.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an item when somebody wants it moved. Unknown is absent, never null and never
 * false: a condition over it cannot be evaluated, and does not hold. The plain form is JSON-able
 * and complete: facts read back from it decide the same.
 */
public final class TransitionFacts {

  private static final Map<String, Kind> NAMES =
      Map.of(
          "item", Kind.MAP,
          "environment", Kind.TEXT,
          "requester", Kind.TEXT,
          "workers", Kind.TEXTS,
          "attestations", Kind.MAPS,
          "approvals", Kind.MAPS,
          "documents", Kind.MAPS,
          "pullRequests", Kind.MAPS,
          "builds", Kind.MAPS,
          "now", Kind.TIME);

  private final Map<String, Object> plain;

  private TransitionFacts(Map<String, Object> plain) {
    this.plain = plain;
  }

  /**
   * Facts from their plain form: {@code item}, {@code environment}, {@code requester}, {@code
   * workers}, {@code attestations}, {@code approvals}, {@code documents}, {@code pullRequests},
   * {@code builds} and {@code now}, each but the last optional. Times are ISO text or Instants.
   *
   * @throws IllegalArgumentException naming what has the wrong shape
   */
  public static TransitionFacts of(Map<String, ?> facts) {
    Map<String, Object> plain = new TreeMap<>();
    Values.normal(facts).forEach((name, value) -> plain.put(name, timesAsText(value)));
    for (String name : plain.keySet()) {
      Kind kind = NAMES.get(name);
      if (kind == null) {
        throw new IllegalArgumentException("facts have no '" + name + "'");
      }
      require(name, kind, plain.get(name));
    }
    if (!plain.containsKey("now")) {
      throw new IllegalArgumentException("facts say when: 'now' is missing");
    }
    var read = new TransitionFacts(plain);
    read.approvals();
    read.attestations();
    read.documents();
    return read;
  }

  /** The language of conditions over facts, {@code params} included. */
  static Language language() {
    var names = new TreeMap<>(NAMES);
    names.put("params", Kind.MAP);
    return new Language(names);
  }

  /** Maps, lists, text, numbers and truth values. */
  public Map<String, Object> plain() {
    return plain;
  }

  /** The plain form as canonical JSON. */
  public String json() {
    return CanonicalJson.of(plain);
  }

  /**
   * What conditions see: members called at or now, and those whose name ends with At, are times.
   */
  Map<String, Object> values(Map<String, Object> parameters) {
    Map<String, Object> values = new TreeMap<>();
    plain.forEach((name, value) -> values.put(name, textAsTimes(name, value)));
    values.put("params", parameters);
    return values;
  }

  Instant now() {
    return Instant.parse((String) plain.get("now"));
  }

  @Nullable String requester() {
    return (String) plain.get("requester");
  }

  Optional<Set<String>> workers() {
    return Optional.ofNullable((List<?>) plain.get("workers"))
        .map(list -> list.stream().map(String::valueOf).collect(Collectors.toSet()));
  }

  @Nullable Long revision() {
    return plain.get("item") instanceof Map<?, ?> item && item.get("revision") instanceof Long known
        ? known
        : null;
  }

  List<Given> approvals() {
    return members("approvals").stream().map(m -> Given.of("approvals", "gate", m)).toList();
  }

  List<Given> attestations() {
    return members("attestations").stream()
        .map(m -> Given.of("attestations", "requirement", m))
        .toList();
  }

  List<Map<?, ?>> documents() {
    return members("documents");
  }

  private List<Map<?, ?>> members(String name) {
    return plain.get(name) instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(member -> (Map<?, ?>) member).toList()
        : List.of();
  }

  private static void require(String name, Kind kind, @Nullable Object value) {
    boolean fits =
        switch (kind) {
          case TEXT -> value instanceof String;
          case TIME -> value instanceof String text && isTime(text);
          case MAP -> value instanceof Map;
          case TEXTS -> value instanceof List<?> l && l.stream().allMatch(String.class::isInstance);
          case MAPS ->
              value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
        };
    if (!fits) {
      throw new IllegalArgumentException("the fact '%s' is no %s".formatted(name, kind));
    }
  }

  private static Object timesAsText(Object value) {
    return switch (value) {
      case Instant time -> time.toString();
      case Map<?, ?> map -> {
        Map<String, Object> texts = new TreeMap<>();
        map.forEach((key, member) -> texts.put((String) key, timesAsText(member)));
        yield texts;
      }
      case Collection<?> list -> list.stream().map(TransitionFacts::timesAsText).toList();
      default -> value;
    };
  }

  private static Object textAsTimes(String name, Object value) {
    return switch (value) {
      case String text when isTimeName(name) && isTime(text) -> Instant.parse(text);
      case Map<?, ?> map -> {
        Map<String, Object> times = new TreeMap<>();
        map.forEach((key, member) -> times.put((String) key, textAsTimes((String) key, member)));
        yield times;
      }
      case Collection<?> list -> list.stream().map(member -> textAsTimes(name, member)).toList();
      default -> value;
    };
  }

  private static boolean isTimeName(String name) {
    return name.equals("at") || name.equals("now") || name.endsWith("At");
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeException _) {
      return false;
    }
  }
}
