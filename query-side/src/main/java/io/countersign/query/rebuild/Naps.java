package io.countersign.query.rebuild;

import java.time.Duration;

/** Pauses of an operation's own thread, which nobody interrupts. */
final class Naps {

  private Naps() {}

  static void nap(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
