package io.countersign.command.escalation;

import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Severity;

/**
 * Something that may be a matter for humans. Holds references only.
 *
 * @param category what kind of matter
 * @param severity how bad
 * @param cause what it is about
 * @param dedupeKey what is the same matter: {@code kind|reference...}
 */
public record Finding(Category category, Severity severity, Cause cause, String dedupeKey) {

  /** Checks the key. */
  public Finding {
    if (dedupeKey.isBlank() || dedupeKey.length() > 400) {
      throw new IllegalArgumentException("a dedupe key has 1 to 400 characters");
    }
  }
}
