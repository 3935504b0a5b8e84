package io.countersign.eventlog.append;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A batch as the parallel arrays that {@code eventlog.append} takes. */
final class BatchColumns {

  private final List<NewEntry> entries = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final List<Integer> requests = new ArrayList<>();
  private final List<Integer> slots = new ArrayList<>();
  private final Map<String, Integer> aggregates = new LinkedHashMap<>();
  private final List<Integer> keyRequests = new ArrayList<>();
  private final List<UUID> keys = new ArrayList<>();

  BatchColumns(List<AppendRequest> batch) {
    for (int r = 0; r < batch.size(); r++) {
      AppendRequest request = batch.get(r);
      for (NewEntry entry : request.entries()) {
        entries.add(entry);
        requests.add(r + 1);
        slots.add(aggregates.computeIfAbsent(entry.aggregateId(), id -> aggregates.size() + 1));
      }
      bytes.addAll(request.bytes());
      for (UUID key : request.keys()) {
        keyRequests.add(r + 1);
        keys.add(key);
      }
    }
  }

  /**
   * Sets all parameters.
   *
   * @param head the head of the log as far as it is known
   * @param links to that head; null when the function has to link
   */
  void bind(
      PreparedStatement statement,
      long recordedMicros,
      Linker.@Nullable Head head,
      Linker.@Nullable Links links)
      throws SQLException {
    PGConnection postgres = statement.getConnection().unwrap(PGConnection.class);
    int at = 1;
    statement.setObject(at++, head == null ? null : head.index(), Types.BIGINT);
    statement.setObject(at++, head == null ? null : head.hash().bytes(), Types.BINARY);
    statement.setLong(at++, links == null ? recordedMicros : links.recordedMicros());
    statement.setArray(at++, postgres.createArrayOf("int4", ints(requests)));
    statement.setArray(at++, postgres.createArrayOf("int4", ints(slots)));
    statement.setArray(
        at++, postgres.createArrayOf("text", aggregates.keySet().toArray(new String[0])));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::aggregateType)));
    statement.setArray(at++, postgres.createArrayOf("int8", longs(NewEntry::sequence)));
    statement.setArray(
        at++, postgres.createArrayOf("uuid", entries.stream().map(NewEntry::eventId).toArray()));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::name)));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::revision)));
    statement.setArray(at++, postgres.createArrayOf("int8", longs(NewEntry::occurredMicros)));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::actor)));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::correlationId)));
    statement.setArray(at++, postgres.createArrayOf("text", texts(NewEntry::causationId)));
    statement.setArray(at++, postgres.createArrayOf("bytea", contents(NewEntry::payload)));
    statement.setArray(at++, postgres.createArrayOf("bytea", contents(NewEntry::metadata)));
    statement.setArray(at++, postgres.createArrayOf("bytea", bytes.toArray(new byte[0][])));
    statement.setArray(
        at++, postgres.createArrayOf("bytea", links == null ? new byte[0][] : links.hashes()));
    statement.setArray(at++, postgres.createArrayOf("int4", ints(keyRequests)));
    statement.setArray(at, postgres.createArrayOf("uuid", keys.toArray()));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private long[] longs(ToLongFunction<NewEntry> field) {
    return entries.stream().mapToLong(field).toArray();
  }

  private String[] texts(Function<NewEntry, String> field) {
    return entries.stream().map(field).toArray(String[]::new);
  }

  private byte[][] contents(Function<NewEntry, byte[]> field) {
    return entries.stream().map(field).toArray(byte[][]::new);
  }
}
