package io.countersign.command.azuredevops.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Times as the service writes them: with a zone, without one (then UTC), and as in the US. */
final class Dates {

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

  /** Deleted work items are dated like this. */
  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US);

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDateTime.parse(text, AMERICAN).toInstant(ZoneOffset.UTC));

  private Dates() {}

  /** The time; nothing when there is none, or one of the words for never (years 1 and 9999). */
  static @Nullable Instant read(String text) {
    if (text.length() > 40) {
      return null;
    }
    for (Function<String, Instant> form : FORMS) {
      try {
        Instant time = form.apply(text);
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
      } catch (DateTimeException _) {
        // perhaps another form
      }
    }
    return null;
  }
}
