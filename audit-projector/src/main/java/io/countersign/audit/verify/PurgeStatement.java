package io.countersign.audit.verify;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.kernel.catalogue.Events;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an entry {@value #NAME} says: that of another entry's payload only this is left. It counts
 * only for events whose text may be removed at all, and only if two others than who asked approved.
 *
 * @param by index of the entry that says so
 * @param index of the entry whose payload it is
 * @param digest of the payload that goes, hexadecimal
 * @param left digest of what is left
 */
public record PurgeStatement(long by, long index, String digest, ContentDigest left) {

  /** Logical name of the event. */
  public static final String NAME = "privacy.PayloadPurged";

  private static final int APPROVALS = 2;

  /** Reads the payload of such an entry; empty when it does not say that a payload may go. */
  public static Optional<PurgeStatement> read(long by, byte[] payload) {
    JsonNode said;
    try {
      said = JsonMapper.shared().readTree(payload);
    } catch (JacksonException _) {
      return Optional.empty();
    }
    String asked = said.path("requestedBy").asString("");
    Set<String> others = new HashSet<>();
    said.path("approvedBy").forEach(one -> others.add(one.asString("")));
    others.remove(asked);
    others.remove("");
    return others.size() < APPROVALS || asked.isEmpty() || !said.path("remains").isString()
        ? Optional.empty()
        : Optional.of(
            new PurgeStatement(
                by,
                said.path("index").asLong(-1),
                said.path("digest").asString(""),
                ContentDigest.of(
                    said.path("remains").asString("").getBytes(StandardCharsets.UTF_8))));
  }

  /** Whether it is about this entry, and about the payload the entry was written with. */
  public boolean isAbout(Entry entry) {
    return entry.index().value() == index
        && entry.payloadDigest().hex().equals(digest)
        && Events.CATALOGUE.isPurgeable(entry.name());
  }

  /** Whether a payload of this entry is what is said to be left. */
  public boolean explains(Entry entry, ContentDigest stored) {
    return isAbout(entry) && left.equals(stored);
  }
}
