package io.countersign.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Spellings of the wire: JSON, and the two ways Azure DevOps writes a point in time. */
public final class Wire {

  /** Plain: no features beyond the defaults. */
  public static final JsonMapper JSON = JsonMapper.builder().build();

  /** What {@code revisedDate} says of the revision that holds now. */
  public static final String STILL_CURRENT = "9999-01-01T00:00:00Z";

  /** Of envelopes: always seven digits of a second. */
  private static final DateTimeFormatter SEVEN_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Of fields: up to three digits, zeros at the end left out. */
  private static final DateTimeFormatter UP_TO_THREE_DIGITS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private Wire() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** What a text says. */
  public static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  /** An object of members in their order. */
  public static ObjectNode object(Map<String, Object> members) {
    ObjectNode json = object();
    members.forEach((name, value) -> json.set(name, JSON.valueToTree(value)));
    return json;
  }

  /** As envelopes write a time. */
  public static String envelopeTime(Instant instant) {
    return SEVEN_DIGITS.format(instant);
  }

  /** As fields write a time. */
  public static String fieldTime(Instant instant) {
    return UP_TO_THREE_DIGITS.format(instant);
  }
}
