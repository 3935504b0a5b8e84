package io.countersign.kernel.escalation;

import io.countersign.kernel.Recorded;
import java.time.Duration;

/** The answer to a command for an escalation. */
public sealed interface EscalationAnswer {

  /**
   * It holds now; perhaps it did before.
   *
   * @param recorded whether it is new
   * @param category of the escalation
   * @param sinceRaised how long after it was raised
   */
  record Done(Recorded recorded, Category category, Duration sinceRaised)
      implements EscalationAnswer {}

  /** It was not done. */
  record Refused(EscalationRejection rejection) implements EscalationAnswer {}
}
