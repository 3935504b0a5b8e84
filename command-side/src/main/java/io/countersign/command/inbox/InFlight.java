package io.countersign.command.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The deliveries a node works on, each on a thread of its own. */
final class InFlight {

  private final Map<Long, Working> working = new ConcurrentHashMap<>();

  private record Working(Claim claim, Thread thread, long since) {}

  void add(Claim claim, Thread thread) {
    working.put(claim.fence(), new Working(claim, thread, System.nanoTime()));
  }

  void remove(Claim claim) {
    working.remove(claim.fence());
  }

  int size() {
    return working.size();
  }

  boolean isEmpty() {
    return working.isEmpty();
  }

  List<Claim> claims() {
    return working.values().stream().map(Working::claim).toList();
  }

  void interruptAll() {
    working.values().forEach(one -> one.thread.interrupt());
  }

  void interruptOlderThan(Duration age) {
    long now = System.nanoTime();
    for (Working one : working.values()) {
      if (now - one.since > age.toNanos()) {
        one.thread.interrupt();
      }
    }
  }

  /** Waits until nothing is worked on, or there is no use in waiting. */
  void awaitNothing(BooleanSupplier useful) throws InterruptedException {
    while (!isEmpty() && useful.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
