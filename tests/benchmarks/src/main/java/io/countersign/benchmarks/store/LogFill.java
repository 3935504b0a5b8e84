package io.countersign.benchmarks.store;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.append.Committer;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.serialization.SealedKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Fills a log with legal entries, fast: by the committer, many events a request. */
final class LogFill {

  /** Events of each aggregate. */
  static final int STREAM = 10;

  /** Aggregates after the smallest fill. */
  static final int SMALLEST = 900;

  private static final int REQUEST = 1_000;

  private final DatabaseAddress address;
  private final List<BenchRows.Row> rows;
  private int next;
  private int filled;

  LogFill(DatabaseAddress address) {
    this.address = address;
    this.rows = BenchRows.Row.typical();
  }

  static String aggregate(int number) {
    return "filled:" + number;
  }

  /** Fills until the log has about so many events. */
  void to(int events) {
    try (var committer =
        new Committer(
            address,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            EventLogSettings.DEFAULTS,
            (index, entries) -> {})) {
      committer.start();
      while (filled < events) {
        List<NewEntry> entries = new ArrayList<>();
        while (entries.size() < REQUEST) {
          String aggregate = aggregate(next++);
          for (int sequence = 0; sequence < STREAM; sequence++) {
            entries.add(entry(aggregate, sequence));
          }
        }
        committer.append(entries);
        filled += entries.size();
      }
    }
  }

  private NewEntry entry(String aggregate, int sequence) {
    BenchRows.Row row = rows.get(sequence % rows.size());
    UUID id = new UUID(BenchRows.eventId().getMostSignificantBits(), (long) next << 8 | sequence);
    return new NewEntry(
        "WorkItem",
        aggregate,
        sequence,
        id,
        row.name(),
        "1",
        1_700_000_000_000_000L + sequence,
        "source:azure-devops",
        aggregate,
        aggregate,
        row.payload(),
        row.metadata(),
        SealedKeys.in(row.payload()));
  }
}
