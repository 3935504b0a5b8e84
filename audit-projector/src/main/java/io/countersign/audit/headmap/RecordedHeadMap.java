package io.countersign.audit.headmap;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.headmap.HeadMapRoot;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A head map as an entry of the log records it. That the entry is in the log is not checked here.
 *
 * @param index of the entry
 * @param entry its bytes
 * @param payload its stored payload: what it says
 * @param recordedAt when
 * @param said size, root and number of aggregates
 * @param root of the map
 */
public record RecordedHeadMap(
    long index,
    byte[] entry,
    byte[] payload,
    Instant recordedAt,
    HeadMapRecorded said,
    HeadMapRoot root) {

  /** Logical name of the event. */
  public static final String NAME = "auditlog.HeadMapRecorded";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads an entry and its payload, and checks that they belong together.
   *
   * @throws HeadMapDamagedException when they do not, or this is no head map of this log's past
   */
  public static RecordedHeadMap of(byte[] entry, byte[] payload) throws HeadMapDamagedException {
    Entry read;
    try {
      read = EntryCodec.decode(entry);
    } catch (EntryFormatException e) {
      throw new HeadMapDamagedException(-1, "its entry cannot be read: " + e.getMessage());
    }
    long index = read.index().value();
    if (!read.name().equals(NAME) || !read.revision().equals("1")) {
      throw new HeadMapDamagedException(index, "the entry records something else");
    }
    if (!ContentDigest.of(payload).equals(read.payloadDigest())) {
      throw new HeadMapDamagedException(index, "its payload does not have the digest in the entry");
    }
    HeadMapRecorded said = said(payload, index);
    if (said.size() > index || said.aggregates() > said.size()) {
      throw new HeadMapDamagedException(index, "it stands over entries that came after it");
    }
    return new RecordedHeadMap(
        index, entry, payload, read.recordedAt(), said, root(said.root(), index));
  }

  private static HeadMapRecorded said(byte[] payload, long index) throws HeadMapDamagedException {
    try {
      JsonNode json = JSON.readTree(payload);
      return new HeadMapRecorded(
          json.path("origin").asString(""),
          number(json.path("size"), index),
          json.path("root").asString(""),
          number(json.path("aggregates"), index));
    } catch (JacksonException _) {
      throw new HeadMapDamagedException(index, "its payload is no JSON");
    }
  }

  private static long number(JsonNode json, long index) throws HeadMapDamagedException {
    if (!json.isIntegralNumber() || !json.canConvertToLong() || json.asLong() < 0) {
      throw new HeadMapDamagedException(index, "its payload lacks a size or number of aggregates");
    }
    return json.asLong();
  }

  private static HeadMapRoot root(String text, long index) throws HeadMapDamagedException {
    try {
      return HeadMapRoot.fromBase64(text);
    } catch (IllegalArgumentException _) {
      throw new HeadMapDamagedException(index, "its payload holds no root");
    }
  }
}
