package io.countersign.command.domain;

import java.util.Map;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Only snapshots in the shape of this version are used; where another version left one, the whole
 * stream is read. Snapshots are written with the general serializer, not with that of events: an
 * aggregate is in no catalogue.
 */
public final class CurrentSnapshots implements SnapshotFilter {

  private final Map<String, Class<?>> aggregates;

  /**
   * A filter.
   *
   * @param aggregates class by aggregate type, with its {@link Revision}
   */
  public CurrentSnapshots(Map<String, Class<?>> aggregates) {
    this.aggregates = Map.copyOf(aggregates);
  }

  @Override
  public boolean test(DomainEventData<?> snapshot) {
    return allow(snapshot.getType(), snapshot.getPayload().getType().getRevision());
  }

  boolean allow(String type, @Nullable String revision) {
    Class<?> aggregate = aggregates.get(type);
    Revision current = aggregate == null ? null : aggregate.getAnnotation(Revision.class);
    return current != null && current.value().equals(revision);
  }
}
