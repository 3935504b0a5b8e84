package io.countersign.sandbox.traffic;

/** A notification on its way, through all its attempts. */
final class Task {

  private final Slot slot;
  private final Planned planned;
  private final long n;
  private final long dueNanos;
  private int attempts;
  private long retryNanos;

  /**
   * A notification that was not sent yet.
   *
   * @param n its number in the run
   * @param dueNanos when it had to be sent, on the clock of {@link System#nanoTime()}
   */
  Task(Slot slot, Planned planned, long n, long dueNanos) {
    this.slot = slot;
    this.planned = planned;
    this.n = n;
    this.dueNanos = dueNanos;
  }

  Slot slot() {
    return slot;
  }

  Planned planned() {
    return planned;
  }

  long n() {
    return n;
  }

  long dueNanos() {
    return dueNanos;
  }

  int attempts() {
    return attempts;
  }

  int begin() {
    return ++attempts;
  }

  long retryNanos() {
    return retryNanos;
  }

  void retryAt(long nanos) {
    retryNanos = nanos;
  }
}
