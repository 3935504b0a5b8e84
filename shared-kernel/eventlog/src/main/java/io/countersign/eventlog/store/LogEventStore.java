package io.countersign.eventlog.store;

import io.countersign.eventlog.append.AppendResult;
import io.countersign.eventlog.append.Committer;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.stream.LogTail;
import io.countersign.eventlog.stream.StoredEvents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.AbstractEventBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on the log. The events of a unit of work are appended in one piece, in the
 * commit phase of its root; the append commits by itself, outside any transaction of the unit of
 * work. So there are no subscribing processors here, and no publishing while an event is handled.
 */
public final class LogEventStore extends AbstractEventBus implements EventStore {

  private final Committer committer;
  private final EntryWriter writer;
  private final StoredEvents stored;
  private final AggregateReader aggregates;
  private final LogTail tail;

  /**
   * Assembles it; starting and stopping is the caller's.
   *
   * @param upcasters applied to whatever is read, never to what is stored
   */
  public LogEventStore(
      Committer committer,
      LogTail tail,
      StoredEvents stored,
      Serializer serializer,
      KeyIds keyIds,
      EventUpcaster upcasters,
      SnapshotRules snapshots,
      int pageEvents) {
    super(new BusBuilder());
    this.committer = committer;
    this.tail = tail;
    this.stored = stored;
    this.writer = new EntryWriter(serializer, keyIds);
    this.aggregates = new AggregateReader(stored, serializer, upcasters, snapshots, pageEvents);
  }

  @Override
  public void publish(List<? extends EventMessage<?>> events) {
    if (CurrentUnitOfWork.isStarted()
        && CurrentUnitOfWork.get().root().getMessage() instanceof EventMessage<?>) {
      throw new IllegalStateException(
          "events are not published while an event is handled: the log commits by itself, so they"
              + " would stay when the handling is rolled back");
    }
    super.publish(events);
  }

  @Override
  protected void prepareCommit(List<? extends EventMessage<?>> events) {
    if (!CurrentUnitOfWork.isStarted()) {
      committer.append(writer.write(events, null));
      return;
    }
    UnitOfWork<?> root = CurrentUnitOfWork.get().root();
    StagedEvents staged = StagedEvents.of(root);
    if (staged.isEmpty() && !events.isEmpty()) {
      root.onCommit(unitOfWork -> append(unitOfWork, staged));
    }
    staged.add(events);
  }

  private void append(UnitOfWork<?> root, StagedEvents staged) {
    AppendResult result =
        committer.append(writer.write(staged.events(), StagedEvents.commandId(root)));
    staged.stored(result instanceof AppendResult.AlreadyStored);
  }

  /**
   * Whether the events of a unit of work turned out to be stored before, by an earlier try of the
   * same command: aggregates in its memory may then differ from the log.
   */
  public static boolean wasStoredBefore(UnitOfWork<?> unitOfWork) {
    StagedEvents staged = StagedEvents.find(unitOfWork);
    return staged != null && staged.storedBefore();
  }

  /** Whether the current unit of work has published events of this aggregate. */
  public boolean hasStaged(String aggregateId) {
    return staged(aggregateId).findAny().isPresent();
  }

  @Override
  public DomainEventStream readEvents(String aggregateIdentifier) {
    return DomainEventStream.concat(
        aggregates.read(aggregateIdentifier),
        DomainEventStream.of(staged(aggregateIdentifier).toList()));
  }

  @Override
  public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
    return DomainEventStream.concat(
        aggregates.read(aggregateIdentifier, firstSequenceNumber),
        DomainEventStream.of(
            staged(aggregateIdentifier)
                .filter(event -> event.getSequenceNumber() >= firstSequenceNumber)
                .toList()));
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
    Optional<Long> staged =
        staged(aggregateIdentifier).map(DomainEventMessage::getSequenceNumber).max(Long::compareTo);
    return staged.isPresent() ? staged : storedSequence(aggregateIdentifier);
  }

  /** The last sequence in the log, whatever the current unit of work has published. */
  public Optional<Long> storedSequence(String aggregateId) {
    return stored.lastSequence(aggregateId).stream().boxed().findFirst();
  }

  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    aggregates.storeSnapshot(snapshot);
  }

  @Override
  public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
    return tail.open(trackingToken);
  }

  /** Before the first entry: index -1. */
  @Override
  public TrackingToken createTailToken() {
    return new GlobalSequenceTrackingToken(-1);
  }

  /** At the last entry. */
  @Override
  public TrackingToken createHeadToken() {
    return new GlobalSequenceTrackingToken(stored.lastIndex());
  }

  /** Before the first entry that was recorded at this moment or later. */
  @Override
  public TrackingToken createTokenAt(Instant dateTime) {
    return new GlobalSequenceTrackingToken(stored.indexAt(dateTime) - 1);
  }

  /**
   * Refused.
   *
   * @throws AxonConfigurationException always
   */
  @Override
  public Registration subscribe(Consumer<List<? extends EventMessage<?>>> eventProcessor) {
    throw new AxonConfigurationException(
        "the event log has no subscribing processors: it commits outside the unit of work, so they"
            + " would handle events that are not stored. Register a pooled streaming processor.");
  }

  private Stream<DomainEventMessage<?>> staged(String aggregateId) {
    if (!CurrentUnitOfWork.isStarted()) {
      return Stream.empty();
    }
    StagedEvents staged = StagedEvents.find(CurrentUnitOfWork.get());
    if (staged != null && staged.decided()) {
      return Stream.empty();
    }
    return queuedMessages().stream()
        .filter(DomainEventMessage.class::isInstance)
        .<DomainEventMessage<?>>map(event -> (DomainEventMessage<?>) event)
        .filter(event -> aggregateId.equals(event.getAggregateIdentifier()));
  }

  private static final class BusBuilder extends AbstractEventBus.Builder {}
}
