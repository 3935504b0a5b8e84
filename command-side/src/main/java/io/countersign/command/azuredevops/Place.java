package io.countersign.command.azuredevops;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A place in a notification. Reads leniently what is optional and says exactly where something is
 * not as it must be. Names of members are found in any case.
 *
 * @param node what is there
 * @param pointer JSON pointer
 */
record Place(JsonNode node, String pointer) {

  private static final int MAX_POINTER = 200;

  /**
   * Several times what Azure DevOps allows of anything in one place (1,024 fields, 1,000 links).
   */
  private static final int MOST = 5_000;

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,10}");
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

  static Place root(JsonNode node) {
    return new Place(node, "");
  }

  /** A member; absent when there is none. */
  Place at(String name) {
    JsonNode exact = node.get(name);
    if (exact != null) {
      return new Place(exact, below(name));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return new Place(member.getValue(), below(member.getKey()));
      }
    }
    return new Place(MissingNode.getInstance(), below(name));
  }

  Place at(String first, String second) {
    return at(first).at(second);
  }

  boolean isAbsent() {
    return node.isMissingNode() || node.isNull();
  }

  boolean isObject() {
    return node.isObject();
  }

  Place needObject() {
    if (!node.isObject()) {
      throw ShapeException.wrong(shown(), "an object");
    }
    return this;
  }

  List<Place> items() {
    if (isAbsent()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw ShapeException.wrong(shown(), "an array");
    }
    needFew();
    List<Place> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(new Place(node.get(i), below(Integer.toString(i))));
    }
    return items;
  }

  /** Members by their exact names. */
  List<Map.Entry<String, Place>> members() {
    needFew();
    List<Map.Entry<String, Place>> members = new ArrayList<>(node.size());
    node.properties()
        .forEach(
            member ->
                members.add(
                    Map.entry(
                        clean(member.getKey()),
                        new Place(member.getValue(), below(member.getKey())))));
    return members;
  }

  private void needFew() {
    if (node.size() > MOST) {
      throw new ShapeException("too-many", "at most " + MOST + " members expected at " + shown());
    }
  }

  /** Text, or a number or boolean as text; nothing when absent. */
  @Nullable String text() {
    if (isAbsent()) {
      return null;
    }
    if (!node.isValueNode()) {
      throw ShapeException.wrong(shown(), "text");
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw ShapeException.wrong(shown(), "a number in the range of a double");
    }
    return clean(node.asString());
  }

  String needText() {
    String text = text();
    if (text == null || text.isEmpty()) {
      throw ShapeException.wrong(shown(), "text");
    }
    return text;
  }

  String textOr(String otherwise) {
    String text = text();
    return text == null ? otherwise : text;
  }

  @Nullable Integer integer() {
    if (isAbsent()) {
      return null;
    }
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    if (node.isString() && INTEGER.matcher(node.stringValue()).matches()) {
      try {
        return Integer.valueOf(node.stringValue());
      } catch (NumberFormatException e) {
        throw ShapeException.wrong(shown(), "an integer");
      }
    }
    throw ShapeException.wrong(shown(), "an integer");
  }

  int needPositive() {
    Integer number = integer();
    if (number == null || number < 1) {
      throw ShapeException.wrong(shown(), "a positive integer");
    }
    return number;
  }

  boolean flag() {
    return node.isBoolean() && node.booleanValue();
  }

  /**
   * A time, in UTC where no zone is told; nothing when absent or one of the source's words for
   * never (years 1 and 9999).
   */
  @Nullable Instant instant() {
    if (isAbsent()) {
      return null;
    }
    Instant instant = node.isString() ? parse(node.stringValue()) : null;
    if (instant == null) {
      throw ShapeException.wrong(shown(), "a date and time");
    }
    return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
  }

  static @Nullable Instant parse(String text) {
    if (text.length() < 19 || text.length() > 40 || text.charAt(4) != '-') {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException _) {
        return null;
      }
    }
  }

  /** Pointer for people: bounded, printable. */
  String shown() {
    if (pointer.isEmpty()) {
      return "/";
    }
    String bounded =
        pointer.length() > MAX_POINTER ? pointer.substring(0, MAX_POINTER) + "..." : pointer;
    return bounded.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private String below(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * NUL, which no text column holds, and lone surrogates, which no UTF-8 holds, become U+FFFD here,
   * so that nothing behind this place can stumble over them.
   */
  static String clean(String text) {
    StringBuilder cleaned = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == '\0' || Character.isSurrogate(c)) {
        if (cleaned == null) {
          cleaned = new StringBuilder(text);
        }
        cleaned.setCharAt(i, '\uFFFD');
      }
    }
    return cleaned == null ? text : cleaned.toString();
  }
}
