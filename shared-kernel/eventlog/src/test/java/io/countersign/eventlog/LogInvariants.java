package io.countersign.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Recomputes the whole log from raw rows, with nothing of the code under test. */
public final class LogInvariants {

  private LogInvariants() {}

  /** Dense index, chain, columns that say what the entry says, sequences without a hole. */
  public static long check(LogDatabase database) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      UUID logId;
      try (ResultSet row = statement.executeQuery("select log_id from eventlog.log")) {
        assertThat(row.next()).isTrue();
        logId = row.getObject(1, UUID.class);
        assertThat(row.next()).isFalse();
      }
      try (ResultSet rows = statement.executeQuery("select * from eventlog.entry order by index")) {
        return check(rows, logId);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long check(ResultSet rows, UUID logId) throws Exception {
    long index = 0;
    long recordedBefore = Long.MIN_VALUE;
    byte[] hashBefore = new byte[32];
    Map<String, Long> lastIndex = new HashMap<>();
    Map<String, Long> lastSequence = new HashMap<>();
    while (rows.next()) {
      String aggregate = rows.getString("aggregate_id");
      byte[] entry = rows.getBytes("entry");
      ByteBuffer in = ByteBuffer.wrap(entry);
      assertThat(in.get()).as("version").isEqualTo((byte) 1);
      assertThat(in.get()).as("kind").isEqualTo((byte) 1);
      assertThat(new UUID(in.getLong(), in.getLong())).as("log id").isEqualTo(logId);
      assertThat(in.getLong()).as("index").isEqualTo(index).isEqualTo(rows.getLong("index"));
      assertThat(take(in, 32)).as("previous hash").isEqualTo(hashBefore);
      assertThat(in.getLong())
          .as("previous index of the aggregate")
          .isEqualTo(lastIndex.getOrDefault(aggregate, -1L));
      long recorded = in.getLong();
      assertThat(recorded)
          .isEqualTo(micros(rows, "recorded_at"))
          .isGreaterThanOrEqualTo(recordedBefore);
      assertThat(in.getLong()).as("occurred").isEqualTo(micros(rows, "occurred_at"));
      long sequence = in.getLong();
      assertThat(sequence)
          .isEqualTo(rows.getLong("sequence"))
          .isEqualTo(lastSequence.getOrDefault(aggregate, -1L) + 1);
      assertThat(take(in, 32)).isEqualTo(sha256(rows.getBytes("payload")));
      assertThat(take(in, 32)).isEqualTo(sha256(rows.getBytes("metadata")));
      for (String column :
          new String[] {
            "aggregate_type",
            "aggregate_id",
            "event_id",
            "name",
            "revision",
            "actor",
            "correlation_id",
            "causation_id"
          }) {
        String text =
            new String(take(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8);
        assertThat(text).as(column).isEqualTo(rows.getString(column));
      }
      assertThat(in.hasRemaining()).isFalse();
      byte[] leaf = new byte[entry.length + 1];
      System.arraycopy(entry, 0, leaf, 1, entry.length);
      hashBefore = sha256(leaf);
      assertThat(rows.getBytes("entry_hash")).isEqualTo(hashBefore);
      recordedBefore = recorded;
      lastIndex.put(aggregate, index);
      lastSequence.put(aggregate, sequence);
      index++;
    }
    return index;
  }

  private static long micros(ResultSet rows, String column) throws SQLException {
    Timestamp timestamp = rows.getTimestamp(column);
    Instant instant = timestamp.toInstant();
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
