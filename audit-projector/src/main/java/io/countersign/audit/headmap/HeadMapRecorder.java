package io.countersign.audit.headmap;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.proof.PublishedDamagedException;
import io.countersign.audit.proof.SealedTree;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.auditlog.headmap.GrowingHeadMap;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head map of the sealed log and records it. It goes on from the map that was recorded
 * last, built by one query and compared with the recorded root, and from there reads only what was
 * sealed: so a row that somebody changed cannot get into a map. One at a time.
 */
final class HeadMapRecorder {

  private final StoredHeads stored;
  private final HeadMaps maps;
  private final AuditEntries entries;
  private @Nullable HeadMap map;
  private TreeHash under = TreeHash.EMPTY;
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
    if (covered >= sealed.size() || !entries.anythingElse(covered, sealed.size())) {
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
    HeadMap from = map;
    if (from == null || !isOf(sealed, from)) {
      lastOfOthers = -1;
      from = last.isEmpty() ? HeadMap.of(0, List.of()) : maps.of(last.get());
    }
    var growing = new GrowingHeadMap(from);
    while (growing.size() < sealed.size()) {
      List<byte[]> bundle = sealed.bundle(growing.size() / TilePath.FULL);
      int known = (int) (growing.size() % TilePath.FULL);
      for (byte[] bytes : bundle.subList(known, bundle.size())) {
        take(bytes, growing);
      }
    }
    map = growing.map();
    under = sealed.checkpoint().root();
    return growing.map();
  }

  /** Whether the log still is the one the map was made of: it may have been restarted. */
  private boolean isOf(SealedTree sealed, HeadMap kept) throws IOException {
    return kept.size() <= sealed.size() && sealed.root(kept.size()).equals(under);
  }

  private void take(byte[] bytes, GrowingHeadMap growing) throws IOException {
    try {
      Entry entry = EntryCodec.decode(bytes);
      if (!entry.aggregateType().equals(AuditEntries.TYPE)) {
        lastOfOthers = growing.size();
      }
      growing.accept(entry);
    } catch (EntryFormatException | IllegalArgumentException e) {
      throw new PublishedDamagedException(
          "the published entry %d is another: %s".formatted(growing.size(), e.getMessage()));
    }
  }
}
