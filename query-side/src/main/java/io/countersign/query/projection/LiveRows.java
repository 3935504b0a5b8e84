package io.countersign.query.projection;

import io.countersign.query.projection.LiveBatch.Handled;
import io.countersign.query.projection.Parking.Parked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of a unit of work. While nothing is wrong that is one statement per table and no
 * more. When PostgreSQL refuses them for what they hold, everything is undone and done again in a
 * new transaction, event by event, and what is poisoned is parked in it, with all that comes later
 * in its sequence.
 */
final class LiveRows {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRows.class);

  private final Projection<?> projection;
  private final String schema;
  private final Parking parking;
  private final int limit;
  private final SingleWrite single;

  /**
   * Which sequences are parked, by segment, as seen after it was claimed. Only the owner parks, so
   * it is never too few; what others took away is noticed when its next event comes.
   */
  private final Map<Integer, Set<String>> known = new ConcurrentHashMap<>();

  /**
   * Rows of a projection.
   *
   * @param schema where its tables lie
   * @param limit how many events may be parked; with 0 none is
   */
  LiveRows(Projection<?> projection, String schema, Parking parking, int limit) {
    this.projection = projection;
    this.schema = schema;
    this.parking = parking;
    this.limit = limit;
    this.single = new SingleWrite(projection, schema);
  }

  /** What is wrong with an event that failed so; nothing when it is not to be parked. */
  @Nullable Poison poison(RuntimeException failure) {
    return limit == 0 ? null : Poison.of(failure);
  }

  /** Somebody, perhaps this node, claimed the segment: others may have parked before. */
  void claimed(int segment) {
    known.remove(segment);
  }

  /** How to undo what the transaction did so far, and go on in a new one. */
  interface Beginning {
    Connection again();
  }

  /**
   * Writes.
   *
   * @return how many rows
   */
  int write(Connection connection, int segment, LiveBatch batch, Beginning beginning) {
    try {
      try {
        Set<String> concerned = concerned(connection, segment, batch);
        return concerned.isEmpty() && !batch.isPoisoned()
            ? batch.together().flush(connection, schema)
            : write(connection, segment, batch, concerned, false);
      } catch (RuntimeException e) {
        if (poison(e) == null) {
          throw e;
        }
      }
      Connection again = beginning.again();
      return write(again, segment, batch, concerned(again, segment, batch), true);
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "dead_letter", e.getSQLState());
    }
  }

  /** Sequences of the batch that may be parked. */
  private Set<String> concerned(Connection connection, int segment, LiveBatch batch)
      throws SQLException {
    Set<String> parked = known.get(segment);
    if (parked == null) {
      parked = ConcurrentHashMap.newKeySet();
      parked.addAll(parking.all(connection).keySet());
      known.put(segment, parked);
    }
    if (parked.isEmpty()) {
      return Set.of();
    }
    Set<String> concerned = new HashSet<>();
    for (Handled one : batch.events()) {
      if (parked.contains(one.sequence())) {
        concerned.add(one.sequence());
      }
    }
    return concerned;
  }

  private int write(
      Connection connection, int segment, LiveBatch batch, Set<String> concerned, boolean apart)
      throws SQLException {
    Map<String, Parked> parked = parking.hold(connection, concerned);
    Set<String> here = known.computeIfAbsent(segment, _ -> ConcurrentHashMap.newKeySet());
    concerned.stream().filter(sequence -> !parked.containsKey(sequence)).forEach(here::remove);
    var rows = new RowBuffer(projection.tables());
    var room = new Room(connection);
    int written = 0;
    for (Handled one : batch.events()) {
      Parked before = parked.get(one.sequence());
      if (before != null && one.index() >= before.firstEntry()) {
        room.take(one, "it waits behind entry " + before.firstEntry());
        parking.behind(connection, before.id(), one);
        continue;
      }
      Poison poison = one.poison();
      if (poison == null && apart) {
        poison = single.write(connection, one.index(), one::changes);
        written++;
      } else if (poison == null) {
        rows.add(one.index(), one.changes());
      }
      if (poison != null) {
        room.take(one, poison.code());
        here.add(one.sequence());
        parked.put(one.sequence(), parking.park(connection, one, poison));
        LOG.warn(
            "{} parks {} from entry {} on: {}",
            parking.processor(),
            one.sequence(),
            one.index(),
            poison.error());
      }
    }
    return written + rows.flush(connection, schema);
  }

  /** How many more events may be parked; other segments' that are not committed do not count. */
  private final class Room {

    private final Connection connection;
    private int left = -1;

    Room(Connection connection) {
      this.connection = connection;
    }

    void take(Handled one, String code) throws SQLException {
      if (left < 0) {
        left = Math.max(0, limit - parking.count(connection).letters());
      }
      if (left-- == 0) {
        throw new DeadLettersFullException(parking.processor(), limit, one.index(), code);
      }
    }
  }
}
