package io.countersign.command.escalation;

import io.countersign.command.automation.CommandIntent;
import io.countersign.command.automation.Intent;
import io.countersign.command.automation.IntentHandler;
import io.countersign.command.automation.IntentPayloads;
import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationCommand.Resolve;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Resolution;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.ProjectId;
import java.util.function.Predicate;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Resolves that subscriptions of a project do not deliver, when all of them do again. Nobody has to
 * look then: reconciliation finds what was not told meanwhile.
 */
final class DeliversAgain implements IntentHandler {

  static final String KIND = "escalation.delivers-again";

  private static final String WORDS = "All webhook subscriptions of the project are enabled again.";

  private final Predicate<ProjectId> delivers;
  private final EventStore events;
  private final CommandSender sender;

  /**
   * A handler.
   *
   * @param delivers whether all subscriptions of a project deliver now
   */
  DeliversAgain(Predicate<ProjectId> delivers, EventStore events, CommandSender sender) {
    this.delivers = delivers;
    this.events = events;
    this.sender = sender;
  }

  /** One subscription of a project is enabled again. */
  record Told(String project) {}

  @Override
  public String kind() {
    return KIND;
  }

  /** Where others do not deliver yet, the last of them ends it. What is over stays as it is. */
  @Override
  public Outcome run(Intent intent) throws Exception {
    ProjectId project = ProjectId.parse(IntentPayloads.read(intent, Told.class).project());
    EscalationId matter = Raising.idOf(Detection.notEnabled(project));
    if (!delivers.test(project) || events.lastSequenceNumberFor(matter.toString()).isEmpty()) {
      return Outcome.DONE;
    }
    Object answer =
        CommandIntent.send(
            sender,
            new Resolve(
                matter,
                Resolution.FIXED,
                SealedText.of(matter.keyOwner(), Purpose.CONTENT, WORDS),
                Actor.automation(intent.automation()),
                intent.due()),
            intent);
    if (answer instanceof EscalationAnswer) {
      return Outcome.DONE;
    }
    throw new IllegalStateException("an escalation cannot be resolved: " + answer);
  }
}
