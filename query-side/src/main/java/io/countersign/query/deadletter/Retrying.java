package io.countersign.query.deadletter;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Poison;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.SingleWrite;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Tries the events of one sequence again, in their order, in the connection's transaction. They are
 * read from the log: nothing of a payload is kept anywhere else.
 */
final class Retrying {

  private final Projection<?> projection;
  private final SingleWrite single;
  private final Serializer events;

  /**
   * Into the tables of a projection.
   *
   * @param schema where they lie
   * @param events serializer of events
   */
  Retrying(Projection<?> projection, String schema, Serializer events) {
    this.projection = projection;
    this.single = new SingleWrite(projection, schema);
    this.events = events;
  }

  /**
   * How far it came.
   *
   * @param applied how many events are in the rows now
   * @param stoppedAt index of the entry that failed; absent when none did
   * @param poison what is wrong with it; absent when nothing is
   */
  record Outcome(int applied, @Nullable Long stoppedAt, @Nullable Poison poison) {}

  Outcome run(Connection connection, String sequence, List<Long> entries) throws SQLException {
    int applied = 0;
    for (long entry : entries) {
      List<StoredEvent> found = StoredEvents.page(connection, entry, 1);
      Poison poison = single.write(connection, entry, () -> changes(entry, found, sequence));
      if (poison != null) {
        return new Outcome(applied, entry, poison);
      }
      applied++;
    }
    return new Outcome(applied, null, null);
  }

  private List<RowChange> changes(long entry, List<StoredEvent> found, String sequence) {
    if (found.isEmpty() || found.getFirst().index() != entry) {
      throw new IllegalStateException("the log has no such entry");
    }
    var fold = new Fold<>(projection);
    List<RowChange> changes = new ArrayList<>();
    for (TrackedEventMessage<?> message :
        found.getFirst().messages(events, NoOpEventUpcaster.INSTANCE)) {
      if (fold.accepts(message.getPayloadType()) && fold.sequenceName(message).equals(sequence)) {
        changes.addAll(fold.changes(entry, message));
      }
    }
    return changes;
  }
}
