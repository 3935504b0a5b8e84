package io.countersign.audit.log;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.EntryIndex;
import io.countersign.eventlog.read.StoredEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One entry with everything needed to recompute its hash elsewhere. */
record EntryDetail(
    @Schema(description = "The columns beside the entry") EntryView columns,
    @Schema(description = "What the entry bytes say; null when they cannot be read")
        @Nullable Decoded entry,
    @Schema(description = "Entry bytes; the hash is SHA-256 of a zero byte and these, in base64")
        String entryBytes,
    @Schema(description = "Payload as stored: personal text stays sealed") String payload,
    @Schema(description = "Metadata as stored") String metadata) {

  static EntryDetail of(StoredEntry stored) {
    return new EntryDetail(
        EntryView.of(stored),
        decoded(stored),
        Base64.getEncoder().encodeToString(stored.entry()),
        new String(stored.payload(), StandardCharsets.UTF_8),
        new String(stored.metadata(), StandardCharsets.UTF_8));
  }

  private static @Nullable Decoded decoded(StoredEntry stored) {
    try {
      return Decoded.of(EntryCodec.decode(stored.entry()));
    } catch (EntryFormatException _) {
      return null; // verifying says where; showing still shows the bytes
    }
  }

  /** What only the entry bytes say. */
  record Decoded(
      int version,
      @Schema(example = "EVENT") String kind,
      UUID logId,
      long index,
      String previousHash,
      @Schema(description = "Index of the same aggregate's previous entry; null for its first")
          @Nullable Long aggregatePrevious,
      String payloadDigest,
      String metadataDigest) {

    static Decoded of(Entry entry) {
      return new Decoded(
          EntryCodec.VERSION,
          entry.kind().name(),
          entry.logId(),
          entry.index().value(),
          entry.previousHash().hex(),
          entry.previousOfAggregate().map(EntryIndex::value).orElse(null),
          entry.payloadDigest().hex(),
          entry.metadataDigest().hex());
    }
  }
}
