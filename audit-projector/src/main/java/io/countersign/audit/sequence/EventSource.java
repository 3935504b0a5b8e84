package io.countersign.audit.sequence;

import java.util.List;
import java.util.Optional;

/**
 * A foreign event store, read in an order in which nothing comes late: once a position was given
 * out, no event will ever appear before it. An event of an aggregate may come before its
 * predecessor; the sequencer waits for that one.
 */
public interface EventSource {

  /** Name of the source, under which its position is kept. */
  String name();

  /** Does what has to be done once before it is read. Called again after each failure. */
  default void prepare() {}

  /**
   * The next events that are settled.
   *
   * @param after a position that this source gave out; empty for its beginning, which is also what
   *     a position of another incarnation of the source means
   * @param limit at most so many, 1 or more
   * @return empty when there are none yet
   */
  List<SourceEvent> next(Optional<String> after, int limit);
}
