package io.countersign.command.escalation;

import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.kernel.Actor;
import java.util.Map;

/** Raises what was found, when it is a matter for humans. */
final class RaiseIntent implements IntentHandler {

  static final String KIND = "escalation.raise";

  private final EscalateWhen when;
  private final Raising raising;

  RaiseIntent(EscalateWhen when, Raising raising) {
    this.when = when;
    this.raising = raising;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** The plan starts when it happened, however late this node is: the same each time. */
  @Override
  public Outcome run(Intent intent) throws Exception {
    Finding finding = IntentPayloads.read(intent, Finding.class);
    if (when.escalates(finding.cause())) {
      raising.raise(
          finding,
          Map.of(),
          intent.id(),
          Actor.automation(intent.automation()),
          intent.correlationId(),
          intent.due());
    }
    return Outcome.DONE;
  }
}
