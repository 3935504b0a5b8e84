package io.countersign.query.projection;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersEvicted;
import io.countersign.kernel.projection.EvictedEvents;
import io.countersign.kernel.projection.EvictedEvents.EvictedSequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * What was given up of a processor's dead letters, in one transaction's sight: its rows are without
 * it for ever. The log says what was given up. A table says only which of its entries are about the
 * rows that are there now, so nobody hides an event by writing into a table; an eviction that is
 * still on its way to the log counts.
 */
public final class EvictedSequences {

  private static final String OF_PROCESSOR =
      "select event_id from query.eviction where processor_name = ?";

  private static final String UNTOLD =
      "select id, kind, event from query.dead_letter_event where id = any (?) and not told";

  private final Map<String, List<EvictedSequence>> evicted = new HashMap<>();
  private final AtomicLong leftOut = new AtomicLong();

  private final Fold<?> fold;

  private EvictedSequences(Fold<?> fold, List<DeadLettersEvicted> evictions) {
    this.fold = fold;
    for (DeadLettersEvicted one : evictions) {
      evicted
          .computeIfAbsent(one.sequence(), _ -> new ArrayList<>())
          .add(new EvictedSequence(one.sequence(), one.firstEntry(), one.lastEntry()));
    }
  }

  /**
   * Reads them.
   *
   * @param connection in whose transaction
   * @param events serializer of events
   */
  public static EvictedSequences read(
      Connection connection, Generation generation, Serializer events) throws SQLException {
    String processor = generation.processor();
    Set<UUID> ids = ids(connection, processor);
    List<DeadLettersEvicted> evictions = new ArrayList<>();
    if (!ids.isEmpty()) {
      for (StoredEvent told : StoredEvents.withIds(connection, ids)) {
        ids.remove(UUID.fromString(told.eventId()));
        told.messages(events, NoOpEventUpcaster.INSTANCE)
            .forEach(message -> add(message.getPayload(), processor, evictions));
      }
      untold(connection, ids, processor, evictions);
    }
    return new EvictedSequences(new Fold<>(generation.projection()), evictions);
  }

  private static Set<UUID> ids(Connection connection, String processor) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(OF_PROCESSOR)) {
      select.setString(1, processor);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return ids;
  }

  private static void untold(
      Connection connection, Set<UUID> ids, String processor, List<DeadLettersEvicted> evictions)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNTOLD)) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          add(
              DeadLetterOutbox.event(rows.getString("kind"), rows.getString("event")),
              processor,
              evictions);
        }
      }
    }
  }

  private static void add(Object event, String processor, List<DeadLettersEvicted> evictions) {
    if (event instanceof DeadLettersEvicted one && one.processor().equals(processor)) {
      evictions.add(one);
    }
  }

  /** Whether an event was given up; counts it. */
  public boolean hold(long index, EventMessage<?> message) {
    if (evicted.isEmpty()) {
      return false;
    }
    boolean held =
        evicted.getOrDefault(fold.sequenceName(message), List.of()).stream()
            .anyMatch(one -> index >= one.firstEntry() && index <= one.lastEntry());
    if (held) {
      leftOut.incrementAndGet();
    }
    return held;
  }

  /** What was held so far; nothing when nothing was ever given up. */
  public @Nullable EvictedEvents leftOut() {
    List<EvictedSequence> all =
        evicted.values().stream()
            .flatMap(List::stream)
            .sorted(
                Comparator.comparingLong(EvictedSequence::firstEntry)
                    .thenComparing(EvictedSequence::sequence))
            .toList();
    return all.isEmpty()
        ? null
        : new EvictedEvents(
            leftOut.get(), all.size(), all.subList(0, Math.min(EvictedEvents.MOST, all.size())));
  }
}
