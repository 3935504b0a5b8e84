package io.countersign.query.projection;

import io.countersign.kernel.Actor;
import io.countersign.kernel.projection.DeadLetterEvent.SequenceParked;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The parked sequences of a processor, as its segments see and write them: in the transaction of
 * rows and token. Only the owner of a segment parks, and only he asks for what is parked before he
 * applies; who retries or evicts locks the sequence first, and only takes away.
 */
public final class Parking {

  /** Who tells of what was parked. */
  public static final Actor AUTOMATION = Actor.automation("projections");

  private static final String ALL =
      "select id, sequence, first_entry from query.parked_sequence where processor_name = ?";

  private static final String PARK =
      """
      insert into query.parked_sequence
        (processor_name, projection, sequence, first_entry, code, sql_state, error, stack)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (processor_name, sequence) do update
      set first_entry = excluded.first_entry, code = excluded.code, sql_state = excluded.sql_state,
        error = excluded.error, stack = excluded.stack, attempts = 1, last_attempt_at = now()
      returning id
      """;

  private static final String LETTER =
      """
      insert into query.dead_letter (parked, entry_index, event_id, event_name) values (?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final String COUNT =
      """
      select count(distinct p.id), count(*)
      from query.parked_sequence p join query.dead_letter l on l.parked = p.id
      where p.processor_name = ?
      """;

  private final String processor;
  private final String projection;

  /** Of this processor of this projection. */
  Parking(String processor, String projection) {
    this.processor = processor;
    this.projection = projection;
  }

  /**
   * A sequence that waits.
   *
   * @param id of the parking
   * @param firstEntry from which entry on; what comes before is in the rows
   */
  record Parked(UUID id, long firstEntry) {}

  /**
   * How much waits.
   *
   * @param sequences how many sequences
   * @param letters how many events in all
   */
  @Schema(name = "DeadLetterCount")
  public record Count(int sequences, int letters) {}

  /** What waits, by sequence. */
  static Map<String, Parked> all(Connection connection, String processor) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setString(1, processor);
      return parked(select);
    }
  }

  /** The same. */
  Map<String, Parked> all(Connection connection) throws SQLException {
    return all(connection, processor);
  }

  /** What of these waits; until the transaction ends nobody takes it away. */
  Map<String, Parked> hold(Connection connection, Collection<String> sequences)
      throws SQLException {
    if (sequences.isEmpty()) {
      return new HashMap<>();
    }
    try (PreparedStatement select =
        connection.prepareStatement(ALL + " and sequence = any (?) order by id for share")) {
      select.setString(1, processor);
      select.setArray(2, connection.createArrayOf("text", sequences.toArray()));
      return parked(select);
    }
  }

  private static Map<String, Parked> parked(PreparedStatement select) throws SQLException {
    Map<String, Parked> parked = new HashMap<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        parked.put(
            rows.getString("sequence"),
            new Parked(rows.getObject("id", UUID.class), rows.getLong("first_entry")));
      }
    }
    return parked;
  }

  /**
   * Parks a sequence with its first event, and has the log told of it. One that is parked from a
   * later event on, because this one had been given up and came again, is parked from here on.
   */
  Parked park(Connection connection, LiveBatch.Handled first, Poison poison) throws SQLException {
    UUID id = insert(connection, first, poison);
    behind(connection, id, first);
    DeadLetterOutbox.add(
        connection,
        UUID.randomUUID(),
        null,
        new SequenceParked(
            projection,
            processor,
            id,
            first.sequence(),
            first.index(),
            first.eventName(),
            poison.code()),
        AUTOMATION);
    return new Parked(id, first.index());
  }

  private UUID insert(Connection connection, LiveBatch.Handled first, Poison poison)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(PARK)) {
      insert.setString(1, processor);
      insert.setString(2, projection);
      insert.setString(3, first.sequence());
      insert.setLong(4, first.index());
      insert.setString(5, poison.code());
      insert.setString(6, poison.sqlState());
      insert.setString(7, poison.error());
      insert.setString(8, poison.stack());
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getObject(1, UUID.class);
      }
    }
  }

  /** Has an event of a parked sequence wait as well. One that waits already stays alone. */
  void behind(Connection connection, UUID parked, LiveBatch.Handled next) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LETTER)) {
      insert.setObject(1, parked);
      insert.setLong(2, next.index());
      insert.setString(3, next.message().getIdentifier());
      insert.setString(4, next.eventName());
      insert.executeUpdate();
    }
  }

  /** How much waits of a processor. */
  static Count count(Connection connection, String processor) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COUNT)) {
      select.setString(1, processor);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return new Count(rows.getInt(1), rows.getInt(2));
      }
    }
  }

  /** The same. */
  Count count(Connection connection) throws SQLException {
    return count(connection, processor);
  }

  String processor() {
    return processor;
  }
}
