package io.countersign.kernel.privacy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Whose key encrypts something: a person ({@code person:<subject id>}), a work item (its aggregate
 * id) or another thing with a life of its own. Destroying the owner's keys erases all that was
 * sealed for it.
 *
 * @param value at most 200 characters, no personal data
 */
public record KeyOwner(@JsonValue String value) {

  /** Checks the form. */
  @JsonCreator
  public KeyOwner {
    if (value.isEmpty() || value.length() > 200) {
      throw new IllegalArgumentException("a key owner has 1 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
