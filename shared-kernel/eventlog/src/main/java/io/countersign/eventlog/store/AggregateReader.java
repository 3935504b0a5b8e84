package io.countersign.eventlog.store;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the events of one aggregate: the snapshot and the tail in one query, then page by page. */
final class AggregateReader {

  private static final Logger LOG = LoggerFactory.getLogger(AggregateReader.class);

  private final StoredEvents stored;
  private final Serializer serializer;
  private final EventUpcaster upcasters;
  private final SnapshotRules snapshots;
  private final int pageEvents;

  AggregateReader(
      StoredEvents stored,
      Serializer serializer,
      EventUpcaster upcasters,
      SnapshotRules snapshots,
      int pageEvents) {
    this.stored = stored;
    this.serializer = serializer;
    this.upcasters = upcasters;
    this.snapshots = snapshots;
    this.pageEvents = pageEvents;
  }

  DomainEventStream read(String aggregateId) {
    List<StoredEvent> first = stored.snapshotAndAggregate(aggregateId, pageEvents);
    if (first.isEmpty() || first.getFirst().index() >= 0) {
      return upcast(new Pages(aggregateId, first, 0));
    }
    StoredEvent snapshot = first.getFirst();
    try {
      if (snapshots.filter().allow(snapshot.domain())) {
        DomainEventStream start =
            EventStreamUtils.upcastAndDeserializeDomainEvents(
                Stream.of(snapshot.domain()), snapshots.serializer(), upcasters);
        if (start.hasNext()) {
          DomainEventMessage<?> message = start.peek();
          // now, while the whole stream can still be read instead
          if (message.getPayload() instanceof UnknownSerializedType) {
            throw new IllegalStateException("a snapshot of an unknown type");
          }
          List<StoredEvent> tail = first.subList(1, first.size());
          return DomainEventStream.concat(
              DomainEventStream.of(message),
              upcast(new Pages(aggregateId, tail, snapshot.sequence() + 1)));
        }
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.warn(
          "a snapshot cannot be read, its whole stream is read instead: {}",
          e.getClass().getSimpleName());
    }
    return read(aggregateId, 0);
  }

  DomainEventStream read(String aggregateId, long from) {
    List<StoredEvent> first = stored.aggregate(aggregateId, from, pageEvents);
    return upcast(new Pages(aggregateId, first, from));
  }

  void storeSnapshot(DomainEventMessage<?> snapshot) {
    Serializer snapshotSerializer = snapshots.serializer();
    SerializedObject<byte[]> payload = snapshot.serializePayload(snapshotSerializer, byte[].class);
    SerializedObject<byte[]> metadata =
        snapshot.serializeMetaData(snapshotSerializer, byte[].class);
    String revision = payload.getType().getRevision();
    stored.storeSnapshot(
        new StoredEvent(
            -1,
            snapshot.getType(),
            snapshot.getAggregateIdentifier(),
            snapshot.getSequenceNumber(),
            snapshot.getIdentifier(),
            snapshot.getTimestamp(),
            payload.getType().getName(),
            revision == null ? "" : revision,
            payload.getData(),
            metadata.getData()));
  }

  private DomainEventStream upcast(Pages pages) {
    Stream<StoredEvent> events =
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
            false);
    return EventStreamUtils.upcastAndDeserializeDomainEvents(
        events.map(StoredEvent::domain), serializer, upcasters);
  }

  /** Rows of one aggregate; a full page is followed by another. */
  private final class Pages implements Iterator<StoredEvent> {

    private final String aggregateId;
    private final Deque<StoredEvent> page;
    private long next;
    private boolean more;

    Pages(String aggregateId, List<StoredEvent> first, long next) {
      this.aggregateId = aggregateId;
      this.page = new ArrayDeque<>(first);
      this.next = next;
      this.more = first.size() == pageEvents;
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && more) {
        List<StoredEvent> following = stored.aggregate(aggregateId, next, pageEvents);
        page.addAll(following);
        more = following.size() == pageEvents;
      }
      return !page.isEmpty();
    }

    @Override
    public StoredEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      StoredEvent event = page.removeFirst();
      if (event.sequence() != next) {
        throw new IllegalStateException(
            "sequence " + next + " of an aggregate is missing, there is " + event.sequence());
      }
      next = event.sequence() + 1;
      return event;
    }
  }
}
