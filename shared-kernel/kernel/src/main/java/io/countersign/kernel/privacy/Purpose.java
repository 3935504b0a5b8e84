package io.countersign.kernel.privacy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why personal data is kept. Each purpose of an owner has a key of its own. */
public enum Purpose {
  /** Who somebody is: names and addresses. */
  IDENTITY,
  /** Free text people wrote: titles, descriptions, comments. */
  CONTENT;

  /** The persisted word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
