package io.countersign.command.transition;

import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what requests about gates hold. Problems name the place and never repeat the value. */
final class GateInput {

  private static final int LONGEST = 4_000;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{64}");

  private GateInput() {}

  static WorkItemId workItem(String id) {
    return parsed(
        id,
        "the path",
        "a work item id: workitem:<organization>:<number> expected",
        WorkItemId::parse);
  }

  static UUID id(String id) {
    return parsed(id, "the path", "an id (UUID) expected", UUID::fromString);
  }

  static WorkItemState state(@Nullable String word) {
    return parsed(word, "/to", "", WorkItemState::of);
  }

  /** Name of a gate, a requirement or a kind of document. */
  static String name(@Nullable String text, String place) {
    if (text == null || !NAME.matcher(text).matches()) {
      throw problem(place, "1 to 63 lower case letters, digits, underscores or dashes expected");
    }
    return text;
  }

  static String digest(@Nullable String text) {
    String told = text == null ? "" : text.toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(told).matches()) {
      throw problem("/digest", "the SHA-256 of the document in hexadecimal expected");
    }
    return told.startsWith("sha256:") ? told.substring("sha256:".length()) : told;
  }

  static @Nullable Instant time(@Nullable String text, String place) {
    return text == null
        ? null
        : parsed(text, place, "a time expected, as 2026-12-01T00:00:00Z", Instant::parse);
  }

  static @Nullable SealedText comment(WorkItemId owner, @Nullable String text) {
    return text == null || text.isBlank() ? null : sealed(owner, text, "/comment");
  }

  static SealedText sealed(WorkItemId owner, @Nullable String text, String place) {
    return SealedText.of(owner.keyOwner(), Purpose.CONTENT, text(text, place));
  }

  static String text(@Nullable String text, String place) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      throw problem(place, "1 to %,d characters expected".formatted(LONGEST));
    }
    return text.strip();
  }

  private static <T> T parsed(
      @Nullable String text, String place, String expected, Function<String, T> as) {
    try {
      return as.apply(text == null ? "" : text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw problem(place, expected.isEmpty() ? String.valueOf(e.getMessage()) : expected);
    }
  }

  static ProblemException problem(String place, String expected) {
    return new ProblemException(ProblemType.INVALID_REQUEST, place + ": " + expected);
  }
}
