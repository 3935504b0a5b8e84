package io.countersign.eventlog.store;

import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;

/**
 * How snapshots are written and which of them are read.
 *
 * @param serializer of snapshots
 * @param filter snapshots that may be used; others are passed over and the whole stream is read
 */
public record SnapshotRules(Serializer serializer, SnapshotFilter filter) {

  /** Every snapshot. */
  public static SnapshotRules all(Serializer serializer) {
    return new SnapshotRules(serializer, SnapshotFilter.allowAll());
  }
}
