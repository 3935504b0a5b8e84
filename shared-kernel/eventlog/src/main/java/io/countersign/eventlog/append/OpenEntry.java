package io.countersign.eventlog.append;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.EntryIndex;
import io.countersign.auditlog.EntryKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Entry bytes whose place in the log is still open: their first {@value EntryCodec#PLACE_BYTES}
 * bytes are filled in by {@link Linker}, or by the append function under the lock.
 */
final class OpenEntry {

  private static final UUID NO_LOG = new UUID(0, 0);

  private OpenEntry() {}

  /**
   * Encodes.
   *
   * @throws EntryRefusedException when a string is longer than 1024 bytes or is no Unicode text
   */
  static byte[] encode(NewEntry entry) {
    try {
      return EntryCodec.encode(somewhere(entry));
    } catch (IllegalArgumentException e) {
      throw new EntryRefusedException("an event cannot become an entry: " + e.getMessage(), e);
    }
  }

  private static Entry somewhere(NewEntry entry) {
    return new Entry(
        EntryKind.EVENT,
        NO_LOG,
        new EntryIndex(0),
        EntryHash.NONE,
        null,
        Instant.EPOCH,
        Instant.EPOCH.plus(entry.occurredMicros(), ChronoUnit.MICROS),
        entry.sequence(),
        ContentDigest.of(entry.payload()),
        ContentDigest.of(entry.metadata()),
        entry.aggregateType(),
        entry.aggregateId(),
        entry.eventId().toString(),
        entry.name(),
        entry.revision(),
        entry.actor(),
        entry.correlationId(),
        entry.causationId());
  }
}
