package io.countersign.kernel.privacy;

import io.countersign.kernel.Recorded;

/** The answer to a command about a person's data. */
public sealed interface PrivacyAnswer {

  /** It holds now; perhaps it did before. */
  record Done(Recorded recorded) implements PrivacyAnswer {}

  /** It was not done. */
  record Refused(PrivacyRejection rejection) implements PrivacyAnswer {}
}
