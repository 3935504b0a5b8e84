package io.countersign.eventlog.append;

import java.util.Set;
import java.util.UUID;

/**
 * An event on its way into the log, serialized. Arrays are not copied: nobody changes them.
 *
 * @param aggregateType kind of aggregate; empty for events of no aggregate
 * @param aggregateId which aggregate
 * @param sequence of the aggregate, from 0
 * @param eventId id
 * @param name logical name
 * @param revision of the payload, empty for none
 * @param occurredMicros microseconds since 1970
 * @param actor reference of who did it, may be empty
 * @param correlationId the conversation, may be empty
 * @param causationId the message before, may be empty
 * @param payload stored bytes
 * @param metadata stored bytes
 * @param keys the data keys the payload was sealed with
 */
public record NewEntry(
    String aggregateType,
    String aggregateId,
    long sequence,
    UUID eventId,
    String name,
    String revision,
    long occurredMicros,
    String actor,
    String correlationId,
    String causationId,
    byte[] payload,
    byte[] metadata,
    Set<UUID> keys) {

  /** Bytes this entry weighs in a batch. */
  long weight() {
    return 512L + payload.length + metadata.length;
  }

  /** Names the entry by its place, never by its content. */
  @Override
  public String toString() {
    return "NewEntry[" + name + " " + eventId + " sequence " + sequence + "]";
  }
}
