package io.countersign.query.reading;

import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.util.MultiValueMap;

/**
 * The query parameters of a request. A name that is not known is refused, not ignored: a mistyped
 * filter would otherwise answer with everything. All methods throw {@link ProblemException} of type
 * {@link ProblemType#INVALID_REQUEST} that names the parameter.
 */
public final class RequestParameters {

  /** Parameters every read endpoint takes. */
  public static final Set<String> POSITION = Set.of("atLeast", "wait");

  /** Parameters every list takes. */
  public static final Set<String> PAGE = Set.of("limit", "after");

  private static final int LONGEST_NAME = 50;
  private static final int DEFAULT_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 200;

  private final MultiValueMap<String, String> values;

  /** Checks the names. */
  @SafeVarargs
  public RequestParameters(MultiValueMap<String, String> values, Set<String>... known) {
    this.values = values;
    Set<String> all = new TreeSet<>();
    for (Set<String> names : known) {
      all.addAll(names);
    }
    values.forEach((name, given) -> check(name, given, all));
  }

  /** For endpoints that take none. */
  public static void none(MultiValueMap<String, String> values) {
    values.forEach((name, given) -> check(name, given, Set.of()));
  }

  private static void check(String name, List<String> given, Set<String> known) {
    if (!known.contains(name)) {
      throw invalid(
          name.substring(0, Math.min(name.length(), LONGEST_NAME)),
          known.isEmpty()
              ? "no query parameters are known here"
              : "there is no such query parameter; known are " + String.join(", ", known));
    }
    if (given.size() > 1) {
      throw invalid(name, "given more than once");
    }
  }

  /** The refusal of a parameter. The detail repeats no value. */
  public static ProblemException invalid(String name, String reason) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, name + ": " + reason, Map.of("parameter", name));
  }

  /** A text; empty counts as not given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.getFirst(name)).filter(value -> !value.isEmpty());
  }

  /**
   * A parsed value.
   *
   * @param expected what it should be, in words
   * @param parser throws IllegalArgumentException when it is not
   */
  public <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
    return text(name)
        .map(
            value -> {
              try {
                return parser.apply(value);
              } catch (IllegalArgumentException e) {
                throw invalid(name, expected + " expected");
              }
            });
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return parsed(
        name,
        "true or false",
        value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /** An index: 0 or more. */
  public OptionalLong index(String name) {
    return parsed(
            name,
            "an entry index, 0 or more,",
            value -> {
              long index = Long.parseLong(value);
              if (index < 0) {
                throw new IllegalArgumentException();
              }
              return index;
            })
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** How many items a page has: 1 to 200, 50 when not given. */
  public int limit() {
    return parsed(
            "limit",
            "1 to " + HIGHEST_LIMIT,
            value -> {
              int limit = Integer.parseInt(value);
              if (limit < 1 || limit > HIGHEST_LIMIT) {
                throw new IllegalArgumentException();
              }
              return limit;
            })
        .orElse(DEFAULT_LIMIT);
  }

  /** The end of the page before, when it belongs to this order. */
  public Optional<PageCursor> after(String sort) {
    return parsed("after", "the next of a page in the same order", PageCursor::decode)
        .map(
            cursor -> {
              if (!cursor.sort().equals(sort)) {
                throw invalid("after", "belongs to a list in another order");
              }
              return cursor;
            });
  }

  /** One of some words. */
  public String oneOf(String name, List<String> words, String otherwise) {
    return parsed(
            name,
            "one of " + words,
            value -> {
              if (!words.contains(value)) {
                throw new IllegalArgumentException();
              }
              return value;
            })
        .orElse(otherwise);
  }
}
