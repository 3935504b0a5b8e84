package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.time.Duration;

/** What every node must say while its database is away, and when it is back. */
final class Outages {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Outages() {}

  /** The process is alive and says that it is not ready. */
  static void mustBeUnavailable(Site site) throws Exception {
    for (Node node : site.nodes()) {
      RunningServer server = node.server();
      Poll.until(
          PATIENCE, () -> server.getOpenly("/health/ready").status(), status -> status == 503);
      int live = server.getOpenly("/health/live").status();
      if (live != 200) {
        throw new AssertionError("%s: /health/live is %d".formatted(node.name(), live));
      }
    }
  }

  /** How long it takes until every node is ready by itself. */
  static Duration untilReady(Site site) throws Exception {
    long start = System.nanoTime();
    for (Node node : site.nodes()) {
      node.server().awaitReady();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
