package io.countersign.command.escalation;

import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What principals send, checked; an error names its place, never what was in it. */
final class EscalationInput {

  private static final int LONGEST = 4_000;

  private EscalationInput() {}

  static EscalationId id(String text) {
    try {
      return EscalationId.parse(text);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "an escalation id looks like escalation:<uuid>");
    }
  }

  static String text(String place, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      throw invalid(place, "1 to %d characters expected".formatted(LONGEST));
    }
    return text.strip();
  }

  static String name(String place, @Nullable String text) {
    if (text == null || !text.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")) {
      throw invalid(place, "the name of a principal or a team expected");
    }
    return text;
  }

  static Instant time(String place, @Nullable String text) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeParseException _) {
      throw invalid(place, "a time like 2026-11-23T09:00:00Z expected");
    }
  }

  static <T> T parsed(String place, @Nullable String text, Function<String, T> parse) {
    try {
      return parse.apply(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw invalid(place, String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException invalid(String place, String what) {
    return new ProblemException(ProblemType.INVALID_REQUEST, place + ": " + what);
  }
}
