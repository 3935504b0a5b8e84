package io.countersign.command.escalation;

import io.countersign.command.domain.OnVirtualThread;
import io.countersign.command.domain.OperatorCommands;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Recorded;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends what principals answer to escalations; a rejection becomes a problem with its code. */
final class EscalationDesk {

  private final OperatorCommands commands;
  private final EventStore events;
  private final Routing routing;
  private final InstantSource clock;
  private final MeterRegistry metrics;

  EscalationDesk(
      OperatorCommands commands,
      EventStore events,
      Routing routing,
      InstantSource clock,
      MeterRegistry metrics) {
    this.commands = commands;
    this.events = events;
    this.routing = routing;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** What somebody answers to an escalation, as a command. */
  @FunctionalInterface
  interface Answer {
    EscalationCommand to(EscalationId escalation, Actor by, Instant at);
  }

  /** Answers one, off the event loop. */
  Mono<EscalationBodies.Changed> answer(String id, Principal principal, Answer answer) {
    EscalationId escalation = EscalationInput.id(id);
    return OnVirtualThread.call(
        () -> {
          var command = answer.to(escalation, principal.actor(), clock.instant());
          return changed(command, send(command, principal));
        });
  }

  private Done send(EscalationCommand command, Principal principal) throws Exception {
    return switch (commands.send(command, principal)) {
      case Done done -> done;
      case Refused(var why) ->
          throw new ProblemException(
              ProblemType.WRONG_STATE, why.reason(), Map.of("code", why.code()));
      case null, default -> throw new IllegalStateException("not an answer of an escalation");
    };
  }

  private EscalationBodies.Changed changed(EscalationCommand command, Done done) {
    boolean isNew = done.recorded() == Recorded.NEW;
    String timer = timer(command);
    if (isNew && timer != null) {
      metrics.timer(timer, "category", done.category().word()).record(done.sinceRaised());
    }
    return new EscalationBodies.Changed(command.escalation().toString(), isNew);
  }

  private static @Nullable String timer(EscalationCommand command) {
    return switch (command) {
      case EscalationCommand.Acknowledge _ -> "countersign.escalation.acknowledged.after";
      case EscalationCommand.Resolve _ -> "countersign.escalation.resolved.after";
      default -> null;
    };
  }

  /** Another one has to be there before something is merged into it. */
  void checkKnown(EscalationId escalation) {
    if (!events.readEvents(escalation.toString(), 0).hasNext()) {
      throw new ProblemException(ProblemType.NOT_FOUND, escalation + " is not known");
    }
  }

  /** What remains of the plan after a pause; from now on, where the pause is to end in the past. */
  Plan planFrom(EscalationId escalation, Instant until, Instant now) {
    checkKnown(escalation);
    Category category = Category.OPERATIONAL;
    // such a pause is refused by the aggregate, with words; a plan that ends before it began is
    // none
    Instant again = until.isAfter(now) ? until : now;
    Instant raisedAt = again;
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
    return routing.plan(category, raisedAt, level, again);
  }
}
