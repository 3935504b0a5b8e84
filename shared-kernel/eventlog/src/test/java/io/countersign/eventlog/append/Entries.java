package io.countersign.eventlog.append;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** Entries for tests. */
final class Entries {

  private Entries() {}

  static NewEntry entry(String aggregate, long sequence) {
    return entry(aggregate, sequence, UUID.randomUUID(), Set.of());
  }

  static NewEntry entry(String aggregate, long sequence, UUID id, Set<UUID> keys) {
    return new NewEntry(
        "Thing",
        aggregate,
        sequence,
        id,
        "thing.Happened",
        "1",
        1_700_000_000_123_456L + sequence,
        "source:test",
        "correlation é",
        "cause",
        ("{\"n\":" + sequence + "}").getBytes(StandardCharsets.UTF_8),
        "{}".getBytes(StandardCharsets.UTF_8),
        keys);
  }
}
