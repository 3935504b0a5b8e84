package io.countersign.query.projection;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * What an entry of the log is, whatever its event says. A projection with this as its family is
 * offered every entry, in order of the entry's own aggregate, and needs no payload to be decoded; a
 * purge or an erasure changes nothing of it.
 *
 * @param aggregateType kind of aggregate; empty for an event of none
 * @param aggregateId whose event it is; the event's own id when it is of no aggregate
 * @param sequence its place in the aggregate, from 0
 * @param at when it happened, by its own clock: what every event store keeps
 */
public record EntryFacts(String aggregateType, String aggregateId, long sequence, Instant at) {

  /** Of a message. */
  static EntryFacts of(EventMessage<?> message) {
    return message instanceof DomainEventMessage<?> domain
        ? new EntryFacts(
            domain.getType() == null ? "" : domain.getType(),
            domain.getAggregateIdentifier(),
            domain.getSequenceNumber(),
            domain.getTimestamp())
        : new EntryFacts("", message.getIdentifier(), 0, message.getTimestamp());
  }
}
