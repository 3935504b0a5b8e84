package io.countersign.query.operation;

import io.countersign.eventlog.store.OwnEntries;
import io.countersign.kernel.Actor;
import io.countersign.kernel.projection.ProjectionEvent;
import io.countersign.kernel.projection.ProjectionEvent.OperationRequested;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** What the log has about operations: a stream for each projection. */
final class ProjectionEntries {

  private static final String TYPE = "projection";

  private final EventStore events;
  private final OwnEntries entries;

  ProjectionEntries(EventStore events, Clock clock) {
    this.events = events;
    this.entries = new OwnEntries(events, clock);
  }

  /** Appends; durable when it returns. An event with this id that is there already stays alone. */
  void append(ProjectionEvent event, Actor actor, UUID eventId) {
    entries.append(TYPE, stream(event.projection()), event, actor, eventId);
  }

  /** Appends that it was asked for, unless the log has it. */
  void requested(Operation operation) {
    append(
        new OperationRequested(
            operation.projection(),
            operation.id(),
            operation.kind(),
            operation.options(),
            operation.reason()),
        new Actor(operation.requestedBy()),
        operation.id());
  }

  /** The event with this id, when the log has it. */
  Optional<ProjectionEvent> recorded(String projection, UUID eventId) {
    return messages(projection)
        .filter(message -> message.getIdentifier().equals(eventId.toString()))
        .map(message -> (ProjectionEvent) message.getPayload())
        .findFirst();
  }

  private Stream<? extends DomainEventMessage<?>> messages(String projection) {
    return events.readEvents(stream(projection)).asStream();
  }

  private static String stream(String projection) {
    return TYPE + ":" + projection;
  }
}
