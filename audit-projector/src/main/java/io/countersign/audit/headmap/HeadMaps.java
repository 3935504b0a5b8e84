package io.countersign.audit.headmap;

import io.countersign.auditlog.headmap.HeadMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whole head maps at sizes the log has recorded. Each is built by one query and must have the
 * recorded root; the two used last are kept, 52 bytes for each aggregate. One is built at a time.
 */
final class HeadMaps {

  private static final int KEPT = 2;

  private final StoredHeads stored;
  private final Deque<HeadMap> kept = new ArrayDeque<>();

  HeadMaps(StoredHeads stored) {
    this.stored = stored;
  }

  /**
   * The map that was recorded.
   *
   * @throws HeadMapDamagedException when the rows of the log lead to another one
   */
  synchronized HeadMap of(RecordedHeadMap recorded) throws HeadMapDamagedException {
    Optional<HeadMap> before =
        kept.stream().filter(map -> map.root().equals(recorded.root())).findFirst();
    if (before.isPresent()) {
      return before.get();
    }
    HeadMap map;
    try {
      map = stored.at(recorded.said().size());
    } catch (IllegalArgumentException _) {
      throw new HeadMapDamagedException(
          recorded.index(), "the rows of the log hold places that cannot be");
    }
    if (!map.root().equals(recorded.root())) {
      throw new HeadMapDamagedException(
          recorded.index(),
          "the rows of the log lead to another root; verify the log to see which");
    }
    keep(map);
    return map;
  }

  /** Keeps a map that is about to be recorded. */
  synchronized void keep(HeadMap map) {
    kept.addFirst(map);
    while (kept.size() > KEPT) {
      kept.removeLast();
    }
  }
}
