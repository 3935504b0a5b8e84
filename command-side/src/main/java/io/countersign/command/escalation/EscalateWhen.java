package io.countersign.command.escalation;

import io.countersign.kernel.escalation.Cause;

/** Which of what was detected is a matter for humans. The one place to decide it. */
@FunctionalInterface
public interface EscalateWhen {

  /** Whether an escalation is raised. Asked outside of any unit of work: it may read. */
  boolean escalates(Cause cause);
}
