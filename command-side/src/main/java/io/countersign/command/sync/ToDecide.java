package io.countersign.command.sync;

import org.jspecify.annotations.Nullable;

/**
 * A conflict that waits for its decision.
 *
 * @param workItem id
 * @param conflict its id
 * @param wanted canonical state we asked for
 * @param theirs canonical state the source has; absent when not mapped
 * @param sourceTheirs its name there
 */
record ToDecide(
    String workItem, String conflict, String wanted, @Nullable String theirs, String sourceTheirs) {

  /** Kind of its intents. */
  static final String KIND = "sync.conflict";
}
