package io.countersign.auditlog.verdict;

import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What differs between two entries: of all fields the one that says most about what happened. */
public final class EntryDifference {

  /** Whoever changes one of the first has to change the last ones as well. */
  private static final Map<String, Function<Entry, Object>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("log_id", Entry::logId);
    FIELDS.put("index", Entry::index);
    FIELDS.put("payload_digest", Entry::payloadDigest);
    FIELDS.put("metadata_digest", Entry::metadataDigest);
    FIELDS.put("event_id", Entry::eventId);
    FIELDS.put("aggregate_type", Entry::aggregateType);
    FIELDS.put("aggregate_id", Entry::aggregateId);
    FIELDS.put("sequence", Entry::sequence);
    FIELDS.put("name", Entry::name);
    FIELDS.put("revision", Entry::revision);
    FIELDS.put("actor", Entry::actor);
    FIELDS.put("correlation_id", Entry::correlationId);
    FIELDS.put("causation_id", Entry::causationId);
    FIELDS.put("occurred_at", Entry::occurredAt);
    FIELDS.put("recorded_at", Entry::recordedAt);
    FIELDS.put("aggregate_previous", Entry::previousOfAggregate);
    FIELDS.put("previous_hash", Entry::previousHash);
  }

  private EntryDifference() {}

  /** The name of a field that differs; {@code entry} where one of them cannot be read. */
  public static String between(byte[] sealed, byte[] stored) {
    try {
      Entry one = EntryCodec.decode(sealed);
      Entry other = EntryCodec.decode(stored);
      return FIELDS.entrySet().stream()
          .filter(field -> !field.getValue().apply(one).equals(field.getValue().apply(other)))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse("entry");
    } catch (EntryFormatException _) {
      return "entry";
    }
  }
}
