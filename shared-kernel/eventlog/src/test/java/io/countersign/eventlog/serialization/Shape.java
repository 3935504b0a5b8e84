package io.countersign.eventlog.serialization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is stored of one revision of an event: type by path. {@code a.b} is a member, {@code a[]} an
 * element of a list, {@code a{}} a value of a map, {@code a<word>} a variant; {@code ?} after a
 * type: it may be absent.
 */
record Shape(Map<String, String> types) {

  /** Type of a variant's line. */
  static final String VARIANT = "variant";

  /** What begins the type of something with fixed words. */
  static final String WORDS = "one of ";

  Shape {
    types = new LinkedHashMap<>(types);
  }

  /**
   * Why stored payloads of the former shape, or readers of it, would not be served by this one.
   * What may be added without a new revision: members that may be absent, and words and variants.
   * What was always there may become absent.
   */
  List<String> whyNoExtensionOf(Shape former) {
    List<String> reasons = new ArrayList<>();
    former.types.forEach(
        (path, was) -> {
          String is = types.get(path);
          if (is == null) {
            reasons.add("%s (%s) is gone".formatted(path, was));
          } else if (!isWidened(was, is)) {
            reasons.add("%s was %s and is %s".formatted(path, was, is));
          }
        });
    types.forEach(
        (path, is) -> {
          if (!former.types.containsKey(path) && !mayBeAdded(path, is, former)) {
            reasons.add("%s (%s) is new and is never absent".formatted(path, is));
          }
        });
    List<String> kept = types.keySet().stream().filter(former.types::containsKey).toList();
    if (reasons.isEmpty() && !kept.equals(List.copyOf(former.types.keySet()))) {
      reasons.add("its members are in another order");
    }
    return reasons;
  }

  private static boolean isWidened(String was, String is) {
    if (was.endsWith("?") && !is.endsWith("?")) {
      return false;
    }
    String before = bare(was);
    String now = bare(is);
    return before.equals(now)
        || before.startsWith(WORDS)
            && now.startsWith(WORDS)
            && words(now).containsAll(words(before));
  }

  private boolean mayBeAdded(String path, String type, Shape former) {
    String parent = parent(path);
    return type.endsWith("?")
        || type.equals(VARIANT)
        || !parent.isEmpty() && types.containsKey(parent) && !former.types.containsKey(parent);
  }

  private static String parent(String path) {
    int end = path.length() - 1;
    while (end > 0 && ".[{<".indexOf(path.charAt(end)) < 0) {
      end--;
    }
    return path.substring(0, end);
  }

  private static String bare(String type) {
    return type.endsWith("?") ? type.substring(0, type.length() - 1) : type;
  }

  private static List<String> words(String type) {
    return List.of(type.substring(WORDS.length()).split("\\|"));
  }
}
