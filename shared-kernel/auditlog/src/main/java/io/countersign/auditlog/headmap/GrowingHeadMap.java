package io.countersign.auditlog.headmap;

import io.countersign.auditlog.Entry;
import java.util.HashMap;
import java.util.Map;

/**
 * A head map that grows with the log, entry by entry. Who reads the whole log computes with it
 * every map the log has recorded, and need not believe one. Not safe for several threads.
 */
public final class GrowingHeadMap {

  /** Aggregates with new entries that are held apart before they are merged into the map. */
  private static final int CHANGED = 50_000;

  private final Map<HeadKey, Head> changed = new HashMap<>();
  private HeadMap map;
  private long size;

  /** Goes on from a map; {@code HeadMap.of(0, List.of())} to begin. */
  public GrowingHeadMap(HeadMap map) {
    this.map = map;
    this.size = map.size();
  }

  /**
   * Takes the next entry.
   *
   * @throws IllegalArgumentException when it is not the next
   */
  public void accept(Entry entry) {
    if (entry.index().value() != size) {
      throw new IllegalArgumentException(
          "entry %d does not come after %d entries".formatted(entry.index().value(), size));
    }
    Head head = Head.of(entry.aggregateId(), entry.sequence(), size);
    changed.put(head.key(), head);
    size++;
    if (changed.size() > CHANGED) {
      map();
    }
  }

  /** Entries it stands over now. */
  public long size() {
    return size;
  }

  /** The map as it is now; costs a pass over all aggregates. */
  public HeadMap map() {
    if (map.size() != size) {
      map = map.with(size, changed.values());
      changed.clear();
    }
    return map;
  }
}
