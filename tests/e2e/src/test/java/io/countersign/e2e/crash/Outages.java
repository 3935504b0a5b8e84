package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every node must say while its database is away, and when it is back. */
final class Outages {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Outages() {}

  /**
   * Every process is alive and says that it is not ready. All are asked at once: while the database
   * is away such an answer takes seconds.
   */
  static void mustBeUnavailable(Site site) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asked = new ArrayList<>();
      for (Node node : site.nodes()) {
        asked.add(
            threads.submit(
                () -> {
                  mustBeUnavailable(node);
                  return null;
                }));
      }
      for (Future<?> one : asked) {
        one.get();
      }
    }
  }

  private static void mustBeUnavailable(Node node) throws Exception {
    RunningServer server = node.server();
    Poll.until(PATIENCE, () -> server.getOpenly("/health/ready").status(), status -> status == 503);
    int live = server.getOpenly("/health/live").status();
    if (live != 200) {
      throw new AssertionError("%s: /health/live is %d".formatted(node.name(), live));
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
