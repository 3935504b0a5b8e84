package io.countersign.query.replay;

import org.jspecify.annotations.Nullable;

/**
 * What several parts of a replay failed with: of all failures the one that comes first in the log
 * counts, as if one part had done everything in order.
 */
final class FirstFailure {

  private volatile long index = Long.MAX_VALUE;
  private @Nullable RuntimeException failure;

  /**
   * Something failed.
   *
   * @param at index of the entry
   */
  synchronized void add(long at, RuntimeException cause) {
    if (failure == null || at < index) {
      index = at;
      failure = cause;
    }
  }

  /** Whether nothing failed at this entry or before it: only then it still matters. */
  boolean concerns(long at) {
    return at < index;
  }

  boolean isThere() {
    return index < Long.MAX_VALUE;
  }

  /** Throws it, if there is one. */
  synchronized void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }
}
