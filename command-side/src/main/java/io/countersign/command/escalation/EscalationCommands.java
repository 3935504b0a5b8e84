package io.countersign.command.escalation;

import io.countersign.command.domain.OperatorCommands;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationAnswer.Done;
import io.countersign.kernel.escalation.EscalationAnswer.Refused;
import io.countersign.kernel.escalation.EscalationCommand;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationEvent.LevelRaised;
import io.countersign.kernel.escalation.EscalationEvent.Raised;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Sends commands of principals; a rejection becomes a problem with its code. */
final class EscalationCommands {

  private final OperatorCommands commands;
  private final EventStore events;
  private final Routing routing;

  EscalationCommands(OperatorCommands commands, EventStore events, Routing routing) {
    this.commands = commands;
    this.events = events;
    this.routing = routing;
  }

  Done send(EscalationCommand command, Principal principal) throws Exception {
    return switch (commands.send(command, principal)) {
      case Done done -> done;
      case Refused(var why) ->
          throw new ProblemException(
              ProblemType.WRONG_STATE, why.reason(), Map.of("code", why.code()));
      case null, default -> throw new IllegalStateException("not an answer of an escalation");
    };
  }

  /** Another one has to be there before something is merged into it. */
  void checkKnown(EscalationId escalation) {
    if (!events.readEvents(escalation.toString(), 0).hasNext()) {
      throw new ProblemException(ProblemType.NOT_FOUND, escalation + " is not known");
    }
  }

  /** What remains of the plan after a pause. */
  Plan planFrom(EscalationId escalation, Instant until) {
    checkKnown(escalation);
    Category category = Category.OPERATIONAL;
    Instant raisedAt = until;
    int level = 1;
    var stream = events.readEvents(escalation.toString(), 0);
    while (stream.hasNext()) {
      if (stream.next().getPayload() instanceof EscalationEvent event) {
        if (event instanceof Raised raised) {
          category = raised.category();
          raisedAt = raised.at();
          level = 1;
        } else if (event instanceof LevelRaised raised) {
          level = raised.level();
        }
      }
    }
    return routing.plan(category, raisedAt, level, until);
  }
}
