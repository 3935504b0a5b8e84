package io.countersign.testkit.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** JSON values, as text, that programs have stumbled over. */
final class Nasty {

  /** In every text that stands for a person's or a secret: must never be seen outside. */
  static final String MARKER = "Zwiebelkuchen";

  private static final List<String> NUMBERS =
      List.of(
          "1e999",
          "-1e999",
          "1e-999",
          "1e999999999",
          "1e-999999999",
          "-0",
          "-0.0",
          "0",
          "-1",
          "1.5",
          "77.0",
          "7.7e1",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "1" + "0".repeat(98),
          "1" + "0".repeat(100),
          "9".repeat(1_000),
          "0." + "3".repeat(90),
          "NaN",
          "Infinity",
          "+5",
          "007",
          "0x1F",
          "1e",
          "\"+77\"",
          "\"\u0667\u0667\"",
          "\" 77\"",
          "\"77.0\"",
          "\"1e1\"",
          "true",
          "null");

  private static final List<String> TIMES =
      List.of(
          "10000-01-01T00:00:00Z",
          "+10000-01-01T00:00:00Z",
          "-0001-01-01T00:00:00Z",
          "-1",
          "+292277026596-12-04T15:30:07Z",
          "292277026596-01-01T00:00:00Z",
          "0000-00-00T00:00:00Z",
          "0001-01-01T00:00:00",
          "9999-12-31T23:59:59.9999999Z",
          "9999-01-01T00:00:00Z",
          "8999-12-31T23:59:59.999999999Z",
          "2026-02-30T00:00:00Z",
          "2026-01-01T24:00:00Z",
          "2026-01-01T23:59:60Z",
          "2026-01-01T00:00:00+18:00",
          "2026-01-01T00:00:00+99:00",
          "2026-01-01T00:00:00-18:00",
          "2026-01-01",
          "01/02/2026 3:04:05 PM",
          "/Date(1577836800000)/",
          "2026-01-01T00:00:00.0000000000000001Z",
          "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661T00:00:00Z");

  /** Already with JSON's escapes. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\\u0000",
          "a\\u0000b",
          "\\ud800",
          "\\udfff\\ud800",
          "x\\udc00y",
          "\\ud83d\\ude00",
          "\\uffff\\ufffe",
          "\\u202e" + MARKER,
          "\u00e9",
          "e\u0301",
          "\u212b\u00c5A\u030a",
          "\\r\\nINFO forged: " + MARKER,
          "\\u001b[31m" + MARKER,
          "${jndi:ldap://127.0.0.1/" + MARKER + "}",
          "%s%n%x{}{}" + MARKER,
          "'; drop table inbox.delivery; --" + MARKER,
          "../../etc/passwd",
          "<" + MARKER + ">",
          MARKER + " <>",
          MARKER + " <" + MARKER + "@example.com",
          MARKER + "@example.com>",
          "<<<" + MARKER + "@example.com>>>",
          MARKER + " <a@b> <c@d>",
          MARKER + " <EXAMPLE\\\\" + MARKER + ">",
          "@",
          "a@" + MARKER + " b",
          "\\u00a0<\\u00a0@\\u00a0>\\u00a0",
          "00000000-0000-0000-0000-000000000000",
          "https://dev.azure.com/" + "a".repeat(500) + "/",
          "vstfs:///" + MARKER,
          "http://[::bad",
          "workitem:x:1:2",
          "C7:WW:/..//",
          "\u017f\u0130\u0131");

  private Nasty() {}

  static String number(SplittableRandom random) {
    return pick(random, NUMBERS);
  }

  static String time(SplittableRandom random) {
    return quoted(pick(random, TIMES));
  }

  static String text(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> quoted(longText(random));
      case 1 -> quoted(spaces(random));
      default -> quoted(pick(random, TEXTS));
    };
  }

  /** Around limits that programs like to have; rarely more than a delivery may have. */
  static String longText(SplittableRandom random) {
    int[] lengths = {255, 257, 300, 501, 513, 1_001, 1_025, 2_705, 8_200, 70_000, 300_000};
    int length = random.nextInt(200) == 0 ? 2_200_000 : lengths[random.nextInt(lengths.length)];
    String unit = random.nextBoolean() ? MARKER : random.nextBoolean() ? "\u6f22" : "ab <";
    return unit.repeat(length / unit.length() + 1).substring(0, length);
  }

  /** What makes a careless pattern for {@code Name <address>} try every way to share spaces out. */
  private static String spaces(SplittableRandom random) {
    int length = 1 + random.nextInt(256);
    return "x" + " ".repeat(length) + (random.nextBoolean() ? "<" : "") + " ".repeat(length) + "@";
  }

  /** Arrays or objects in each other, closed or not. */
  static String deep(SplittableRandom random) {
    int[] depths = {60, 63, 64, 65, 500, 501, 1_001, 10_000, 100_000};
    int depth = depths[random.nextInt(depths.length)];
    boolean closed = random.nextInt(4) > 0;
    return random.nextBoolean()
        ? "[".repeat(depth) + (closed ? "]".repeat(depth) : "")
        : "{\"resource\":".repeat(depth) + "0" + (closed ? "}".repeat(depth) : "");
  }

  /** An object of very many members, people among them. */
  static String wide(SplittableRandom random) {
    int[] sizes = {100, 501, 2_001, 5_000, 40_000};
    int size = sizes[random.nextInt(sizes.length)];
    int kind = random.nextInt(3);
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size; i++) {
      String value =
          switch (kind) {
            case 0 -> Integer.toString(i);
            case 1 -> "\"" + MARKER + i + " <" + MARKER + i + "@x>\"";
            default -> "{\"oldValue\":" + i + ",\"newValue\":\"" + MARKER + i + "\"}";
          };
      text.append(i == 0 ? "" : ",").append("\"Custom.F").append(i).append("\":").append(value);
    }
    return text.append('}').toString();
  }

  static String longName(SplittableRandom random) {
    int[] lengths = {255, 501, 999, 1_000, 1_001, 2_705, 60_000};
    String unit = random.nextBoolean() ? "N" : "\u6f22";
    return unit.repeat(lengths[random.nextInt(lengths.length)]);
  }

  static <T> T pick(SplittableRandom random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String quoted(String escaped) {
    return "\"" + escaped + "\"";
  }
}
