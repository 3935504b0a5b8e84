package io.countersign.rules;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to write plain values, so that what is equal has one hash: RFC 8785 for maps, lists,
 * text, truth values and numbers; decimals are written without an exponent.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /**
   * Writes a value of maps with text keys, collections, text, numbers and truth values.
   *
   * @throws IllegalArgumentException for anything else, null among it
   */
  public static String of(Object value) {
    var json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  /** SHA-256 of the canonical form, in hex. */
  public static String sha256(Object value) {
    return sha256(of(value).getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of bytes, in hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void write(Object value, StringBuilder json) {
    switch (value) {
      case Map<?, ?> map -> {
        // String compares by UTF-16 units, as RFC 8785 wants it
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, member) -> sorted.put((String) key, member));
        String between = "{";
        for (var member : sorted.entrySet()) {
          text(member.getKey(), json.append(between));
          write(member.getValue(), json.append(':'));
          between = ",";
        }
        json.append(sorted.isEmpty() ? "{}" : "}");
      }
      case Collection<?> list -> {
        String between = "[";
        for (Object element : list) {
          write(element, json.append(between));
          between = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
      }
      case String text -> text(text, json);
      case Boolean flag -> json.append(flag);
      case Long number -> json.append(number);
      case Double number when Double.isFinite(number) -> decimal(number, json);
      default ->
          throw new IllegalArgumentException(
              "not a plain value: " + value.getClass().getSimpleName());
    }
  }

  private static void decimal(double number, StringBuilder json) {
    json.append(
        number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
  }

  private static void text(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20) {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
