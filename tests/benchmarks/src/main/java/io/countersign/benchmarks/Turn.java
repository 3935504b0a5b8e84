package io.countersign.benchmarks;

import io.countersign.eventlog.store.EventIds;
import java.util.UUID;

/**
 * One command of a writer. Everything about it follows from its place, so that a writer that was
 * killed sends the same command again, and a checker knows what must be there.
 *
 * @param writer process
 * @param thread of the process
 * @param number of the thread's command, from 0
 */
record Turn(int writer, int thread, long number) {

  private static final int SHARED = 8;
  private static final int COMMANDS_OF_ONE_COUNTER = 200;

  /** Identifier of the command message. */
  String messageId() {
    return "w" + writer + "." + thread + "/" + number;
  }

  /** Id of one of its events. */
  UUID eventId(int ordinal) {
    return EventIds.ofCommand(messageId(), ordinal);
  }

  /** How many events it causes: one to three. */
  int events() {
    return 1 + Math.floorMod(mixed() >>> 16, 3);
  }

  /**
   * Which aggregate it is sent to.
   *
   * @param sharedPercent how many of a hundred commands go to aggregates that all writers use
   */
  String counter(int sharedPercent) {
    long mixed = mixed();
    long period = number / COMMANDS_OF_ONE_COUNTER;
    if (Math.floorMod(mixed, 100) < sharedPercent) {
      return "shared-" + period + "-" + Math.floorMod(mixed >>> 8, SHARED);
    }
    return "own-" + writer + "-" + thread + "-" + period;
  }

  /** The thread's next command. */
  Turn next() {
    return new Turn(writer, thread, number + 1);
  }

  private long mixed() {
    long z = (writer * 1_000L + thread) * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
