package io.countersign.app.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** When a token expires, as people write it. */
public final class Expiry {

  private Expiry() {}

  /**
   * {@code 2027-01-01} (start of that day, UTC), {@code 2027-01-01T12:00:00Z} or {@code 90d}.
   *
   * @throws IllegalArgumentException when it is none of these or lies in the past
   */
  public static Instant parse(String text, Instant now) {
    Instant expiry = read(text.strip(), now);
    if (!expiry.isAfter(now)) {
      throw new IllegalArgumentException("the expiry lies in the past");
    }
    return expiry;
  }

  private static Instant read(String text, Instant now) {
    try {
      if (text.matches("[1-9][0-9]{0,4}d")) {
        return now.plus(Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))));
      }
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "an expiry is a date (2027-01-01), a time (2027-01-01T12:00:00Z) or a number of days (90d)",
          e);
    }
  }
}
