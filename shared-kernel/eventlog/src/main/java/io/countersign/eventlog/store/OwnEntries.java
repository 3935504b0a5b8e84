package io.countersign.eventlog.store;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import java.time.Clock;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Appends what a part of Countersign records about its own doing, where no aggregate decides: the
 * sequence of the stream orders writers on several nodes.
 */
public final class OwnEntries {

  private static final int TRIES = 10;

  private final EventStore events;
  private final Clock clock;

  /** Entries in this store. */
  public OwnEntries(EventStore events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Appends an event, outside of any unit of work. It is durable when this returns. An event with
   * this id that is in the log already is not appended again: so a step that was interrupted can be
   * taken again.
   *
   * @param type kind of the stream
   * @param stream which stream
   * @param actor on whose behalf
   * @throws ConcurrencyException when others kept appending to the same stream
   */
  public void append(String type, String stream, Object event, Actor actor, UUID eventId) {
    for (int tries = 1; ; tries++) {
      try {
        events.publish(message(type, stream, event, actor, eventId.toString()));
        return;
      } catch (ConcurrencyException | AggregateStreamCreationException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private GenericDomainEventMessage<Object> message(
      String type, String stream, Object event, Actor actor, String id) {
    MetaData provenance =
        MetaData.with(Provenance.ACTOR, actor.ref())
            .and(Provenance.CORRELATION_ID, id)
            .and(Provenance.CAUSATION_ID, id);
    return new GenericDomainEventMessage<>(
        type,
        stream,
        events.lastSequenceNumberFor(stream).map(last -> last + 1).orElse(0L),
        event,
        provenance,
        id,
        clock.instant());
  }
}
