package io.countersign.audit.headmap;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.proof.PublishedDamagedException;
import io.countersign.audit.proof.SealedTree;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.headmap.Head;
import io.countersign.auditlog.headmap.HeadKey;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head map of the sealed log and records it. It goes on from the map that was recorded
 * last, built by one query and compared with the recorded root, and from there reads only what was
 * sealed: so a row that somebody changed cannot get into a map. One at a time.
 */
final class HeadMapRecorder {

  /** Aggregates with new entries that are held apart before they are merged into the map. */
  private static final int CHANGED = 50_000;

  private final StoredHeads stored;
  private final HeadMaps maps;
  private final AuditEntries entries;
  private @Nullable HeadMap map;
  private final Map<HeadKey, Head> changed = new HashMap<>();
  private long lastOfOthers = -1;

  HeadMapRecorder(StoredHeads stored, HeadMaps maps, AuditEntries entries) {
    this.stored = stored;
    this.maps = maps;
    this.entries = entries;
  }

  /**
   * Records the map over all sealed entries, unless none but those of housekeeping came since the
   * one before.
   *
   * @param sealed the log up to the newest checkpoint
   * @param actor on whose behalf
   * @return what was recorded
   */
  synchronized Optional<HeadMapRecorded> record(SealedTree sealed, Actor actor)
      throws IOException, HeadMapDamagedException {
    Optional<RecordedHeadMap> last = stored.newest(Long.MAX_VALUE);
    long covered = last.map(recorded -> recorded.said().size()).orElse(0L);
    if (covered >= sealed.size() || !entries.anythingElseSince(covered)) {
      return Optional.empty();
    }
    HeadMap grown = grow(last, sealed);
    if (lastOfOthers < covered) {
      return Optional.empty(); // what else there is, is not sealed yet
    }
    var recorded =
        new HeadMapRecorded(
            sealed.checkpoint().origin(), grown.size(), grown.root().base64(), grown.aggregates());
    maps.keep(grown);
    entries.append(recorded, actor);
    return Optional.of(recorded);
  }

  private HeadMap grow(Optional<RecordedHeadMap> last, SealedTree sealed)
      throws IOException, HeadMapDamagedException {
    HeadMap now = map;
    if (now == null || now.size() > sealed.size()) {
      now = last.isEmpty() ? HeadMap.of(0, List.of()) : maps.of(last.get());
    }
    map = null; // until all that follows was read
    changed.clear();
    long next = now.size();
    while (next < sealed.size()) {
      List<byte[]> bundle = sealed.bundle(next / TilePath.FULL);
      for (byte[] bytes : bundle.subList((int) (next % TilePath.FULL), bundle.size())) {
        take(bytes, next);
        next++;
      }
      if (changed.size() > CHANGED) {
        now = merged(now, next);
      }
    }
    now = merged(now, next);
    map = now;
    return now;
  }

  private void take(byte[] bytes, long index) throws IOException {
    try {
      Entry entry = EntryCodec.decode(bytes);
      if (entry.index().value() != index) {
        throw new PublishedDamagedException("the published entry %d is another".formatted(index));
      }
      Head head = Head.of(entry.aggregateId(), entry.sequence(), index);
      changed.put(head.key(), head);
      if (!entry.aggregateType().equals(AuditEntries.TYPE)) {
        lastOfOthers = index;
      }
    } catch (EntryFormatException e) {
      throw new PublishedDamagedException(
          "the published entry %d is none: %s".formatted(index, e.getMessage()));
    }
  }

  private HeadMap merged(HeadMap now, long size) {
    HeadMap merged = now.with(size, changed.values());
    changed.clear();
    return merged;
  }
}
