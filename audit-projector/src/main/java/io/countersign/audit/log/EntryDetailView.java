package io.countersign.audit.log;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.eventlog.read.StoredEntry;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entry in full: the columns, the entry bytes, what they say, and the stored content with its
 * ciphertext.
 *
 * @param stored what the columns say
 * @param entry the entry bytes, base64
 * @param decoded what they say; absent when they cannot be read
 * @param unreadable why they cannot be read, when they cannot
 * @param payload the stored payload, ciphertext as it is, when it is JSON
 * @param metadata the stored metadata, when it is JSON
 * @param payloadBytes the stored payload, base64: what the digest is over, unless it was purged
 * @param metadataBytes the stored metadata, base64
 * @param purgedBy the entry that says the text of the payload was removed; absent when none was
 */
public record EntryDetailView(
    EntryView stored,
    String entry,
    @Nullable Decoded decoded,
    @Nullable String unreadable,
    @JsonRawValue @Nullable String payload,
    @JsonRawValue @Nullable String metadata,
    String payloadBytes,
    String metadataBytes,
    @Nullable Long purgedBy) {

  /** What the entry bytes say; hashes in hexadecimal. */
  public record Decoded(
      int version,
      String kind,
      String logId,
      long index,
      String previousHash,
      @Nullable Long aggregatePrevious,
      Instant recordedAt,
      Instant occurredAt,
      long sequence,
      String payloadDigest,
      String metadataDigest,
      String aggregateType,
      String aggregateId,
      String eventId,
      String name,
      String revision,
      String actor,
      String correlationId,
      String causationId) {

    static Decoded of(Entry entry) {
      return new Decoded(
          EntryCodec.VERSION,
          entry.kind().name(),
          entry.logId().toString(),
          entry.index().value(),
          entry.previousHash().hex(),
          entry.previousOfAggregate().map(index -> index.value()).orElse(null),
          entry.recordedAt(),
          entry.occurredAt(),
          entry.sequence(),
          entry.payloadDigest().hex(),
          entry.metadataDigest().hex(),
          entry.aggregateType(),
          entry.aggregateId(),
          entry.eventId(),
          entry.name(),
          entry.revision(),
          entry.actor(),
          entry.correlationId(),
          entry.causationId());
    }
  }

  static EntryDetailView of(StoredEntry stored, OptionalLong purgedBy) {
    Decoded decoded = null;
    String unreadable = null;
    try {
      decoded = Decoded.of(EntryCodec.decode(stored.entry()));
    } catch (EntryFormatException e) {
      unreadable = e.getMessage();
    }
    Base64.Encoder base64 = Base64.getEncoder();
    return new EntryDetailView(
        EntryView.of(stored),
        base64.encodeToString(stored.entry()),
        decoded,
        unreadable,
        StoredJsonText.of(stored.payload()),
        StoredJsonText.of(stored.metadata()),
        base64.encodeToString(stored.payload()),
        base64.encodeToString(stored.metadata()),
        purgedBy.isPresent() ? Long.valueOf(purgedBy.getAsLong()) : null);
  }

  /** ETag of an entry: its hash, which stays when its text is purged, and whether it was. */
  static String etag(StoredEntry stored, OptionalLong purgedBy) {
    return "\"%s%s\""
        .formatted(
            HexFormat.of().formatHex(stored.entryHash()), purgedBy.isPresent() ? "-purged" : "");
  }
}
