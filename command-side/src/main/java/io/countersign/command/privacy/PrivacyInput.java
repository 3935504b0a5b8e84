package io.countersign.command.privacy;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.RefusalGround;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what requests hold. Problems name the place and never repeat the value. */
final class PrivacyInput {

  private static final int MOST_OWNERS = 100;
  private static final int MOST_ENTRIES = 100;
  private static final int LONGEST_ALIAS = 320;
  private static final int MOST_WORDS = 20;

  private PrivacyInput() {}

  static UUID id(String id) {
    return parsed(id, "the path", "an id (UUID) expected", UUID::fromString);
  }

  static SubjectId subject(@Nullable String id, String place) {
    return parsed(
        told(id),
        place,
        "the id (UUID) of a subject expected",
        text -> new SubjectId(UUID.fromString(text)));
  }

  static LegalBasis basis(@Nullable String word) {
    return parsed(told(word), "/basis", "", LegalBasis::of);
  }

  static RefusalGround ground(@Nullable String word) {
    return parsed(told(word), "/ground", "", RefusalGround::of);
  }

  static List<Long> indexes(@Nullable List<Long> indexes) {
    if (indexes == null
        || indexes.isEmpty()
        || indexes.size() > MOST_ENTRIES
        || indexes.stream().anyMatch(index -> index == null || index < 0)) {
      throw problem("/entries", "1 to %d indexes, 0 or more, expected".formatted(MOST_ENTRIES));
    }
    return List.copyOf(indexes);
  }

  static List<SubjectId> subjects(@Nullable List<String> ids) {
    if (ids != null && ids.size() > MOST_OWNERS) {
      throw problem("/subjects", "at most " + MOST_OWNERS + " expected");
    }
    return ids == null ? List.of() : ids.stream().map(id -> subject(id, "/subjects")).toList();
  }

  /** Only what has text of its own: nobody names persons, days of the inbox or the directory. */
  static List<KeyOwner> owners(@Nullable List<String> ids) {
    if (ids == null) {
      return List.of();
    }
    if (ids.size() > MOST_OWNERS) {
      throw problem("/alsoErase", "at most " + MOST_OWNERS + " expected");
    }
    return ids.stream().distinct().map(PrivacyInput::owner).toList();
  }

  private static KeyOwner owner(String id) {
    return parsed(
        id,
        "/alsoErase",
        "ids like workitem:<organization>:<number> or <kind>:<organization>:<key> expected",
        text ->
            text.startsWith("workitem:")
                ? WorkItemId.parse(text).keyOwner()
                : ResourceId.parse(text).keyOwner());
  }

  static @Nullable OrganizationId organization(@Nullable String id) {
    return id == null
        ? null
        : parsed(id, "/organization", "an organization expected", OrganizationId::new);
  }

  static String alias(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST_ALIAS) {
      throw problem("/alias", "1 to " + LONGEST_ALIAS + " characters expected");
    }
    return text.strip();
  }

  static List<String> words(@Nullable List<String> words) {
    if (words == null) {
      return List.of();
    }
    if (words.size() > MOST_WORDS
        || words.stream().anyMatch(w -> w.strip().length() < 2 || w.length() > LONGEST_ALIAS)) {
      throw problem(
          "/words",
          "at most %d of 2 to %d characters expected".formatted(MOST_WORDS, LONGEST_ALIAS));
    }
    return words.stream().map(String::strip).distinct().toList();
  }

  private static String told(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static <T> T parsed(String text, String place, String expected, Function<String, T> as) {
    try {
      return as.apply(text);
    } catch (IllegalArgumentException e) {
      throw problem(place, expected.isEmpty() ? String.valueOf(e.getMessage()) : expected);
    }
  }

  private static ProblemException problem(String place, String expected) {
    return new ProblemException(ProblemType.INVALID_REQUEST, place + ": " + expected);
  }
}
