package io.countersign.audit.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A store that hands its events out in the order of their commits, numbered: Axon Server. Not for
 * engines that number events before they commit.
 *
 * <p>Payload and metadata are written with the given serializer, which for messages as Axon reads
 * them gives the bytes that are stored.
 */
public final class StreamEventSource implements EventSource {

  private static final int PATIENCE_MILLIS = 100;

  private final String name;
  private final StreamableMessageSource<TrackedEventMessage<?>> store;
  private final Serializer serializer;

  /** Reads this store. */
  public StreamEventSource(
      String name, StreamableMessageSource<TrackedEventMessage<?>> store, Serializer serializer) {
    this.name = name;
    this.store = store;
    this.serializer = serializer;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SourceEvent> next(Optional<String> after, int limit) {
    TrackingToken from =
        after
            .map(text -> (TrackingToken) new GlobalSequenceTrackingToken(Long.parseLong(text)))
            .orElseGet(store::createTailToken);
    List<SourceEvent> events = new ArrayList<>();
    try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(from)) {
      while (events.size() < limit
          && stream.hasNextAvailable(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        events.add(event(stream.nextAvailable()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return events;
  }

  private SourceEvent event(TrackedEventMessage<?> message) {
    SerializedObject<byte[]> payload = message.serializePayload(serializer, byte[].class);
    SerializedObject<byte[]> metadata = message.serializeMetaData(serializer, byte[].class);
    DomainEventMessage<?> domain = message instanceof DomainEventMessage<?> one ? one : null;
    return new SourceEvent(
        Long.toString(position(message.trackingToken())),
        domain == null ? "" : orEmpty(domain.getType()),
        domain == null ? message.getIdentifier() : domain.getAggregateIdentifier(),
        domain == null ? 0 : domain.getSequenceNumber(),
        message.getIdentifier(),
        payload.getType().getName(),
        orEmpty(payload.getType().getRevision()),
        message.getTimestamp(),
        payload.getData(),
        metadata.getData());
  }

  private static long position(@Nullable TrackingToken token) {
    OptionalLong position = token == null ? OptionalLong.empty() : token.position();
    return position.orElseThrow(
        () -> new IllegalStateException("the event store gives its events no numbers"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
