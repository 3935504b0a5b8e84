package io.countersign.kernel.escalation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.countersign.kernel.privacy.KeyOwner;
import java.util.UUID;

/**
 * An escalation: {@code escalation:<uuid>}. The id follows from the dedupe key, so what is the same
 * matter meets in one aggregate.
 */
public record EscalationId(UUID value) {

  /**
   * Parses {@code escalation:<uuid>}.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  public static EscalationId parse(String text) {
    if (!text.matches("escalation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new IllegalArgumentException("not an escalation id: escalation:<uuid> expected");
    }
    return new EscalationId(UUID.fromString(text.substring("escalation:".length())));
  }

  /** Who owns the keys of its text. */
  public KeyOwner keyOwner() {
    return new KeyOwner(toString());
  }

  /** The persisted form and aggregate id. */
  @JsonValue
  @Override
  public String toString() {
    return "escalation:" + value;
  }
}
