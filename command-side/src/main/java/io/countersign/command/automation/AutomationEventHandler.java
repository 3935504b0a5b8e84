package io.countersign.command.automation;

import io.countersign.command.domain.NameBasedId;
import io.countersign.kernel.Provenance;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * An automation's one Axon event handler: collects the reactions of a unit of work and stores them
 * before it commits, in the transaction of the token. So an event that is handled again, after a
 * crash, leads to the same intents, once.
 */
final class AutomationEventHandler implements EventMessageHandler {

  private static final UUID NAMESPACE = UUID.fromString("5f2a1c1e-6a3f-5d0e-9a54-3b1f0c7d2e90");

  private final Automation automation;
  private final IntentStore store;
  private final InstantSource clock;
  private final Runnable wake;
  private final String resource;

  /**
   * @param wake called after a commit when something is due now
   */
  AutomationEventHandler(
      Automation automation, IntentStore store, InstantSource clock, Runnable wake) {
    this.automation = automation;
    this.store = store;
    this.clock = clock;
    this.wake = wake;
    this.resource = "reactions of " + automation.name();
  }

  private record Answer(Occurrence cause, List<Reaction> reactions) {}

  @Override
  public boolean canHandle(EventMessage<?> message) {
    return automation.events().stream()
        .anyMatch(type -> type.isAssignableFrom(message.getPayloadType()));
  }

  @Override
  public boolean supportsReset() {
    return false;
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    if (ReplayToken.isReplay(message)) {
      throw new IllegalStateException(
          "the automation %s does not do again what it did".formatted(automation.name()));
    }
    Occurrence cause = occurrence(message);
    List<Reaction> reactions = automation.on(cause);
    if (!reactions.isEmpty()) {
      answers().add(new Answer(cause, reactions));
    }
    return null;
  }

  private List<Answer> answers() {
    UnitOfWork<?> root = CurrentUnitOfWork.get().root();
    return root.getOrComputeResource(
        resource,
        _ -> {
          List<Answer> answers = new ArrayList<>();
          root.onPrepareCommit(_ -> write(answers));
          root.afterCommit(_ -> wakeFor(answers));
          return answers;
        });
  }

  private void write(List<Answer> answers) {
    store.closeLanes(
        answers.stream()
            .flatMap(answer -> answer.reactions().stream())
            .map(reaction -> reaction instanceof Reaction.Intend intend ? intend.lane() : null)
            .toList());
    for (Answer answer : answers) {
      int ordinal = 0;
      for (Reaction reaction : answer.reactions()) {
        switch (reaction) {
          case Reaction.Intend intend -> {
            store.add(
                new IntentStore.NewIntent(
                    id(automation.name(), answer.cause().id(), ordinal),
                    automation.name(),
                    ordinal,
                    answer.cause(),
                    intend),
                IntentPayloads.write(intend.payload()));
            ordinal++;
          }
          case Reaction.Cancel cancel -> store.cancel(automation.name(), cancel.topic());
        }
      }
    }
  }

  private void wakeFor(List<Answer> answers) {
    boolean now =
        answers.stream()
            .flatMap(answer -> answer.reactions().stream())
            .anyMatch(
                reaction ->
                    reaction instanceof Reaction.Intend intend
                        && !intend.due().isAfter(clock.instant()));
    if (now) {
      wake.run();
    }
  }

  /** The same for the same answer to the same event. */
  static UUID id(String automation, String event, int ordinal) {
    return NameBasedId.of(NAMESPACE, automation + "/" + event + "/" + ordinal);
  }

  private static Occurrence occurrence(EventMessage<?> message) {
    if (!(message instanceof TrackedEventMessage<?> tracked)) {
      throw new IllegalStateException("automations run on streaming processors only");
    }
    return new Occurrence(
        message.getPayload(),
        message.getIdentifier(),
        tracked.trackingToken().position().orElseThrow(),
        message.getTimestamp(),
        message instanceof DomainEventMessage<?> domain ? domain.getAggregateIdentifier() : "",
        message.getMetaData().get(Provenance.CORRELATION_ID) instanceof String id
            ? id
            : message.getIdentifier());
  }
}
