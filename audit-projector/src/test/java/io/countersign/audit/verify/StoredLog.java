package io.countersign.audit.verify;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.EntryIndex;
import io.countersign.auditlog.EntryKind;
import io.countersign.eventlog.database.Schema;
import io.countersign.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.IntFunction;

/** A log on a real PostgreSQL, written entry by entry with our own codec. */
public final class StoredLog implements AutoCloseable {

  private static final String INSERT =
      """
      insert into eventlog.entry (index, entry_hash, entry, aggregate_type, aggregate_id, sequence,
        event_id, name, revision, occurred_at, recorded_at, actor, correlation_id, causation_id,
        payload, metadata)
      values (?, ?, ?, ?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final HikariDataSource dataSource =
      TestPostgres.pool(TestPostgres.newDatabase(Schema.EVENTLOG), 4);

  private final IntFunction<String> payloads;
  private final IntFunction<String> names;

  /** A log of so many entries, of two aggregates by turns. */
  public StoredLog(int size) {
    this(
        size,
        index -> "{\"n\":%d,\"title\":{\"sealed\":\"AAAA\"}}".formatted(index),
        index -> index < 2 ? "workitem.Registered" : "workitem.Restored");
  }

  /** The same with other payloads and names. */
  public StoredLog(int size, IntFunction<String> payloads, IntFunction<String> names) {
    this.payloads = payloads;
    this.names = names;
    execute("alter table eventlog.entry disable trigger user");
    EntryHash previous = EntryHash.NONE;
    for (int index = 0; index < size; index++) {
      previous = append(index, previous);
    }
  }

  public HikariDataSource dataSource() {
    return dataSource;
  }

  /** Changes the log behind the program's back. */
  public void execute(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private EntryHash append(int index, EntryHash previous) {
    byte[] payload = payloads.apply(index).getBytes(StandardCharsets.UTF_8);
    byte[] metadata = "{\"actor\":\"source:azure-devops\"}".getBytes(StandardCharsets.UTF_8);
    Entry entry =
        new Entry(
            EntryKind.EVENT,
            new UUID(6, 9),
            new EntryIndex(index),
            previous,
            index < 2 ? null : new EntryIndex(index - 2),
            Instant.parse("2026-11-20T10:00:00.123456Z").plusMillis(index),
            Instant.parse("2026-11-20T09:00:00.000001Z"),
            index / 2,
            ContentDigest.of(payload),
            ContentDigest.of(metadata),
            "WorkItem",
            "workitem:fabrikam:" + (1 + index % 2),
            new UUID(1, index).toString(),
            names.apply(index),
            "1",
            "source:azure-devops",
            "correlation",
            "causation");
    byte[] bytes = EntryCodec.encode(entry);
    EntryHash hash = EntryHash.of(bytes);
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(INSERT)) {
      fill(statement, entry, bytes, hash);
      statement.setBytes(15, payload);
      statement.setBytes(16, metadata);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return hash;
  }

  private static void fill(PreparedStatement row, Entry entry, byte[] bytes, EntryHash hash)
      throws SQLException {
    row.setLong(1, entry.index().value());
    row.setBytes(2, hash.bytes());
    row.setBytes(3, bytes);
    row.setString(4, entry.aggregateType());
    row.setString(5, entry.aggregateId());
    row.setLong(6, entry.sequence());
    row.setString(7, entry.eventId());
    row.setString(8, entry.name());
    row.setString(9, entry.revision());
    row.setObject(10, entry.occurredAt().atOffset(ZoneOffset.UTC));
    row.setObject(11, entry.recordedAt().atOffset(ZoneOffset.UTC));
    row.setString(12, entry.actor());
    row.setString(13, entry.correlationId());
    row.setString(14, entry.causationId());
  }
}
