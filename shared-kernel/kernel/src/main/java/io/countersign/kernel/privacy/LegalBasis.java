package io.countersign.kernel.privacy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why somebody is to be erased: the grounds of Article 17(1) GDPR, and a word for all others. */
public enum LegalBasis {
  /** (a): no longer needed for what it was collected for. */
  NO_LONGER_NEEDED("Art. 17(1)(a) GDPR"),
  /** (b): consent was withdrawn and nothing else permits it. */
  CONSENT_WITHDRAWN("Art. 17(1)(b) GDPR"),
  /** (c): the person objected. */
  OBJECTION("Art. 17(1)(c) GDPR"),
  /** (d): it was processed unlawfully. */
  UNLAWFUL("Art. 17(1)(d) GDPR"),
  /** (e): a law of the Union or a Member State demands it. */
  LEGAL_OBLIGATION("Art. 17(1)(e) GDPR"),
  /** (f): collected from a child. */
  CHILD("Art. 17(1)(f) GDPR"),
  /** Another law, a contract, a retention schedule: the reason says which. */
  OTHER("other; see the reason");

  private final String citation;

  LegalBasis(String citation) {
    this.citation = citation;
  }

  /** The article. */
  public String citation() {
    return citation;
  }

  /** The persisted word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The basis of a word.
   *
   * @throws IllegalArgumentException with all words when there is none
   */
  public static LegalBasis of(String word) {
    return Arrays.stream(values())
        .filter(basis -> basis.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of "
                        + Arrays.stream(values())
                            .map(LegalBasis::word)
                            .collect(Collectors.joining(", "))
                        + " expected"));
  }
}
