package io.countersign.audit.sequence;

import java.time.Instant;

/**
 * An event as it lies in a foreign store.
 *
 * @param position in the source, behind this event
 * @param aggregateType kind of aggregate, may be empty
 * @param aggregateId which; events of no aggregate have an id of their own
 * @param sequence of the aggregate, from 0
 * @param eventId the event's identifier
 * @param name type of the payload
 * @param revision of the payload, may be empty
 * @param occurredAt what the source says, which may be any time
 * @param payload stored bytes
 * @param metadata stored bytes
 */
public record SourceEvent(
    String position,
    String aggregateType,
    String aggregateId,
    long sequence,
    String eventId,
    String name,
    String revision,
    Instant occurredAt,
    byte[] payload,
    byte[] metadata) {

  /** Names the event, never its content. */
  @Override
  public String toString() {
    return "SourceEvent[" + name + " " + eventId + " sequence " + sequence + "]";
  }
}
