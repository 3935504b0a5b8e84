package io.countersign.kernel.privacy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why an erasure is refused: the exceptions of Article 17(3) GDPR, and requests that were none. The
 * law of a country outside of the Union is no ground and has no word here.
 */
public enum RefusalGround {
  /** (a): freedom of expression and information. */
  FREE_EXPRESSION,
  /** (b): a law of the Union or a Member State demands that it is kept. */
  LEGAL_OBLIGATION,
  /** (c): public health. */
  PUBLIC_HEALTH,
  /** (d): archiving in the public interest, research, statistics. */
  ARCHIVING,
  /** (e): legal claims. */
  LEGAL_CLAIMS,
  /** Whoever asked did not show to be the person. */
  IDENTITY_NOT_PROVEN,
  /** The request names the wrong subject, or was a mistake. */
  MISTAKEN;

  /** The persisted word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The ground of a word.
   *
   * @throws IllegalArgumentException with all words when there is none
   */
  public static RefusalGround of(String word) {
    return Arrays.stream(values())
        .filter(ground -> ground.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of "
                        + Arrays.stream(values())
                            .map(RefusalGround::word)
                            .collect(Collectors.joining(", "))
                        + " expected"));
  }
}
