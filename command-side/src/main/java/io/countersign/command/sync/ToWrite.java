package io.countersign.command.sync;

import org.jspecify.annotations.Nullable;

/**
 * A state to be written.
 *
 * @param workItem id
 * @param to canonical state
 * @param brokenRule for a reversal: the rule that was broken
 */
record ToWrite(String workItem, String to, @Nullable String brokenRule) {

  /** Kind of its intents. */
  static final String KIND = "sync.write";
}
