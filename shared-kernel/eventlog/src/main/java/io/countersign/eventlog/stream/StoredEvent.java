package io.countersign.eventlog.stream;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log or of the snapshots, still serialized, in the forms that Axon upcasts and
 * deserializes.
 *
 * @param index index of the entry; -1 for a snapshot
 * @param aggregateType empty for events of no aggregate
 */
public record StoredEvent(
    long index,
    String aggregateType,
    String aggregateId,
    long sequence,
    String eventId,
    Instant occurredAt,
    String name,
    String revision,
    byte[] payload,
    byte[] metadata) {

  /** As the tail and streams see it. */
  public TrackedEventData<byte[]> tracked() {
    return aggregateType.isEmpty() ? new Tracked(this) : new TrackedDomain(this);
  }

  /** As aggregates see it. */
  public DomainEventData<byte[]> domain() {
    return new Domain(this);
  }

  /**
   * What handlers are given: none, one or several messages, all with the token of this entry. A
   * payload is deserialized when it is asked for.
   */
  public List<? extends TrackedEventMessage<?>> messages(
      Serializer serializer, EventUpcaster upcasters) {
    return EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(tracked()), serializer, upcasters)
        .toList();
  }

  /** Bytes it holds in memory, about. */
  public long weight() {
    return 512L + payload.length + metadata.length;
  }

  @Override
  public String toString() {
    return "StoredEvent[" + index + " " + name + "]";
  }

  private sealed interface Data extends EventData<byte[]> {

    StoredEvent row();

    @Override
    default String getEventIdentifier() {
      return row().eventId();
    }

    @Override
    default Instant getTimestamp() {
      return row().occurredAt();
    }

    @Override
    default SerializedObject<byte[]> getMetaData() {
      return new SerializedMetaData<>(row().metadata(), byte[].class);
    }

    @Override
    default SerializedObject<byte[]> getPayload() {
      @Nullable String revision = row().revision().isEmpty() ? null : row().revision();
      return new SimpleSerializedObject<>(
          row().payload(), byte[].class, new SimpleSerializedType(row().name(), revision));
    }

    default TrackingToken token() {
      return new GlobalSequenceTrackingToken(row().index());
    }
  }

  private record Domain(StoredEvent row) implements Data, DomainEventData<byte[]> {

    @Override
    public String getType() {
      return row.aggregateType();
    }

    @Override
    public String getAggregateIdentifier() {
      return row.aggregateId();
    }

    @Override
    public long getSequenceNumber() {
      return row.sequence();
    }
  }

  private record Tracked(StoredEvent row) implements Data, TrackedEventData<byte[]> {

    @Override
    public TrackingToken trackingToken() {
      return token();
    }
  }

  private record TrackedDomain(StoredEvent row)
      implements Data, DomainEventData<byte[]>, TrackedEventData<byte[]> {

    @Override
    public String getType() {
      return row.aggregateType();
    }

    @Override
    public String getAggregateIdentifier() {
      return row.aggregateId();
    }

    @Override
    public long getSequenceNumber() {
      return row.sequence();
    }

    @Override
    public TrackingToken trackingToken() {
      return token();
    }
  }
}
