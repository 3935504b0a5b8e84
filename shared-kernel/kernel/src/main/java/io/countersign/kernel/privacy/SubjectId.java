package io.countersign.kernel.privacy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * A person, as a random id that says nothing. The identity directory knows which aliases belong to
 * it, until they are erased.
 *
 * @param value random UUID
 */
public record SubjectId(@JsonValue UUID value) {

  /** Wraps an id. */
  @JsonCreator
  public SubjectId {}

  /** Who owns this person's keys. */
  public KeyOwner keyOwner() {
    return new KeyOwner("person:" + value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
