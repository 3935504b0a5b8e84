package io.countersign.benchmarks.store;

import io.countersign.eventlog.serialization.SealedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/**
 * Rows as the log stores them, ready made: for those that only insert. Bytes of entries and hashes
 * have the right length and no meaning.
 */
final class BenchRows {

  /** The log's own table without its rules: the same columns, types and indexes, a sequence. */
  static final String TABLE =
      """
      create sequence bench_index cache 1;
      create table bench_entry (like eventlog.entry including all);
      alter table bench_entry alter column index set default nextval('bench_index');
      """;

  private static final int ENTRY_BYTES = 430;

  private BenchRows() {}

  /**
   * One event's columns.
   *
   * @param name logical name
   * @param payload stored bytes
   * @param metadata stored bytes
   */
  record Row(String name, byte[] payload, byte[] metadata) {

    /** Rows with the bytes of the commands after the first. */
    static List<Row> typical() {
      Serializer serializer = OurLog.serializer();
      var items = new WorkItems(0, WorkItems.COUNT);
      items.next();
      var rows = new ArrayList<Row>();
      for (int i = 0; i < 3; i++) {
        for (DomainEventMessage<?> event : items.next().events()) {
          rows.add(of(event, serializer));
        }
      }
      return rows;
    }

    private static Row of(DomainEventMessage<?> event, Serializer serializer) {
      SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
      SerializedObject<byte[]> metadata = event.serializeMetaData(serializer, byte[].class);
      SealedKeys.in(payload.getData());
      return new Row(payload.getType().getName(), payload.getData(), metadata.getData());
    }
  }

  static byte[] entry() {
    var bytes = new byte[ENTRY_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  static byte[] hash() {
    return java.util.Arrays.copyOf(entry(), 32);
  }

  static String reference(int writer, int item) {
    return "workitem:fabrikam:" + (1 + writer + item * 1_000);
  }

  static UUID eventId() {
    return UUID.randomUUID();
  }
}
