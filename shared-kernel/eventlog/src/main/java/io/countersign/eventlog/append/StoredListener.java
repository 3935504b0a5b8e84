package io.countersign.eventlog.append;

import java.util.List;

/**
 * Hears what this node's committer has stored, on its thread: returns at once and throws nothing.
 */
@FunctionalInterface
public interface StoredListener {

  /**
   * They are committed.
   *
   * @param firstIndex index of the first; the others follow without a gap
   */
  void stored(long firstIndex, List<NewEntry> entries);
}
