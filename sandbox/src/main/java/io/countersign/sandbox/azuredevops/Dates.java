package io.countersign.sandbox.azuredevops;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Times as clients write them. */
final class Dates {

  private Dates() {}

  /** A time with or without zone (then UTC), or a day. */
  static Instant parse(String text) {
    try {
      if (text.length() <= 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:?\\d{2}$");
      return OffsetDateTime.parse(zoned ? text : text + "Z").toInstant();
    } catch (DateTimeParseException e) {
      throw ApiError.badArgument("'%s' is no date.".formatted(text));
    }
  }
}
