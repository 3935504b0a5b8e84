package io.countersign.command.reconciliation;

import io.countersign.command.inbox.Acceptance;
import io.countersign.command.inbox.Inbox;
import io.countersign.command.inbox.Incoming;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what was missing into the inbox, as if it had been delivered, and looks whether it came into
 * the log. Blocks: call it on a virtual thread.
 */
final class Filling {

  private static final int TRIES = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final long LONGEST_LOOK = 1_000;

  private final Inbox inbox;
  private final KnownItems log;
  private final Duration handling;

  /**
   * On an inbox.
   *
   * @param handling for how long handling is waited for
   */
  Filling(Inbox inbox, KnownItems log, Duration handling) {
    this.inbox = inbox;
    this.log = log;
    this.handling = handling;
  }

  /** For how long a delivery taken now would wait. */
  Duration behind() {
    return inbox.expectedWait();
  }

  /** Makes it durable; from now on it is handled whatever becomes of this run. */
  void put(Findings findings) throws NotComparedException, InterruptedException {
    for (Incoming incoming : findings.deliveries()) {
      put(incoming);
    }
  }

  /** One, in the same way. */
  void put(Incoming incoming) throws NotComparedException, InterruptedException {
    for (int tried = 1; ; tried++) {
      switch (inbox.accept(incoming)) {
        case Acceptance.Accepted _ -> {
          return;
        }
        case Acceptance.Refused(String reason, Duration retryAfter) -> {
          if (tried == TRIES) {
            throw new NotComparedException("the inbox takes nothing at the moment: " + reason);
          }
          Thread.sleep(retryAfter.compareTo(LONGEST_PAUSE) < 0 ? retryAfter : LONGEST_PAUSE);
        }
      }
    }
  }

  /** How many of the missing are in the log, by the findings, after waiting for them. */
  Map<WorkItemId, Integer> await(List<Findings> all) throws InterruptedException {
    Map<WorkItemId, Integer> filled = new HashMap<>();
    List<Findings> open = new ArrayList<>(all);
    long end = System.nanoTime() + handling.toNanos();
    for (long pause = 20; ; pause = Math.min(LONGEST_LOOK, pause * 2)) {
      open.removeIf(
          findings -> {
            int now = findings.filled(log.of(findings.workItem()));
            filled.put(findings.workItem(), now);
            return now == findings.missing().size() || findings.deliveries().isEmpty();
          });
      if (open.isEmpty() || System.nanoTime() - end >= 0) {
        return filled;
      }
      Thread.sleep(pause);
    }
  }
}
