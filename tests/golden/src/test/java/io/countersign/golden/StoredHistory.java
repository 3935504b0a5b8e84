package io.countersign.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.eventlog.read.LogReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Puts stored rows into an empty log as they are, and takes them out. */
final class StoredHistory {

  private static final String INSERT =
      """
      insert into eventlog.entry (index, name, revision, aggregate_type, aggregate_id, sequence,
        event_id, occurred_at, recorded_at, actor, correlation_id, causation_id, payload, metadata,
        entry, entry_hash)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private StoredHistory() {}

  static List<StoredLine> of(LogReader log) {
    List<StoredLine> lines = new ArrayList<>();
    log.scan(0, entry -> lines.add(StoredLine.of(entry)));
    return lines;
  }

  static void load(DataSource database, List<StoredLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      become(connection, EntryCodec.decode(lines.getFirst().entryBytes()).logId());
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (StoredLine line : lines) {
          bind(insert, line);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    } catch (SQLException | EntryFormatException e) {
      throw new IllegalStateException("the history cannot be stored", e);
    }
  }

  /** Entries say which log they are of. */
  private static void become(Connection connection, UUID logId) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update eventlog.log set log_id = '%s'".formatted(logId));
      statement.execute("set session_replication_role = origin");
    }
  }

  private static void bind(PreparedStatement insert, StoredLine line) throws SQLException {
    insert.setLong(1, line.index());
    insert.setString(2, line.name());
    insert.setString(3, line.revision());
    insert.setString(4, line.aggregateType());
    insert.setString(5, line.aggregateId());
    insert.setLong(6, line.sequence());
    insert.setObject(7, UUID.fromString(line.eventId()));
    insert.setObject(8, at(line.occurredAt()));
    insert.setObject(9, at(line.recordedAt()));
    insert.setString(10, line.actor());
    insert.setString(11, line.correlationId());
    insert.setString(12, line.causationId());
    insert.setBytes(13, line.payload().getBytes(UTF_8));
    insert.setBytes(14, line.metadata().getBytes(UTF_8));
    insert.setBytes(15, line.entryBytes());
    insert.setBytes(16, line.hashBytes());
  }

  private static OffsetDateTime at(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
