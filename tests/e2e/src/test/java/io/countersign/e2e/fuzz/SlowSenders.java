package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hundreds of connections that say nothing, or send a head or a body byte by byte, or read no
 * answer. Good deliveries are answered meanwhile; every slow one is ended by the server, and those
 * that had a secret with an answer after which a sender comes again.
 */
final class SlowSenders {

  private static final Duration END = Duration.ofMinutes(3);
  private static final Duration GOOD = Duration.ofSeconds(20);
  private static final int GOOD_ONES = 40;
  private static final int FIRST = 3_000_000;

  private final Site site;
  private final RunningServer server;
  private final Map<String, Map<Integer, AtomicInteger>> ends = new ConcurrentHashMap<>();

  private SlowSenders(Site site) {
    this.site = site;
    this.server = site.node(0).server();
  }

  /** So many of each of the five kinds. */
  static List<String> findings(Site site, int each) throws Exception {
    return new SlowSenders(site).run(each);
  }

  private List<String> run(int each) throws Exception {
    Vitals calm = Vitals.of(server);
    List<String> findings = new ArrayList<>();
    String auth = "Host: x\r\n" + RawConnection.basic(site.secret()) + "\r\n";
    String post = "POST /webhooks/azure-devops HTTP/1.1\r\n";
    Map<String, String> kinds = new TreeMap<>();
    kinds.put("says nothing", "");
    kinds.put("head by bytes", post + auth + "X-Slow: ");
    kinds.put("body by bytes", post + auth + "Content-Length: 1000000\r\n\r\n{");
    kinds.put("chunks by bytes", post + auth + "Transfer-Encoding: chunked\r\n\r\n");
    kinds.put("body by bytes, no secret", post + "Host: x\r\nContent-Length: 1000000\r\n\r\n{");
    kinds.put("reads nothing", ("GET /v3/api-docs HTTP/1.1\r\nHost: x\r\n\r\n").repeat(400));
    List<Future<?>> all = new ArrayList<>();
    Duration slowestGood;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      kinds.forEach(
          (kind, start) -> {
            for (int i = 0; i < each; i++) {
              all.add(
                  threads.submit(
                      () -> {
                        sufferUntilCut(kind, start);
                        return null;
                      }));
            }
          });
      slowestGood = deliverGoodOnes(findings);
      for (Future<?> one : all) {
        one.get();
      }
    }
    System.out.println("slow senders ended with " + ends + ", slowest good one " + slowestGood);
    ends.forEach((kind, statuses) -> judge(kind, statuses.keySet(), findings));
    if (slowestGood.compareTo(GOOD) > 0) {
      findings.add("a good delivery was answered only after " + slowestGood);
    }
    Vitals after =
        Poll.until(END, () -> Vitals.of(server), vitals -> vitals.notBackTo(calm).isEmpty());
    findings.addAll(after.notBackTo(calm));
    return findings;
  }

  private static void judge(String kind, Set<Integer> statuses, List<String> findings) {
    Set<Integer> allowed =
        switch (kind) {
          case "body by bytes, no secret" -> Set.of(401);
          case "reads nothing" -> Set.of(0, 200);
          default -> Set.of(0, 408, 503);
        };
    if (!allowed.containsAll(statuses)) {
      findings.add(kind + " ended with " + statuses);
    }
  }

  /** Drips until the server ends the connection; then reads what it said. */
  private void sufferUntilCut(String kind, String start) throws Exception {
    int status;
    try (var connection = new RawConnection(server.uri())) {
      connection.send(start);
      if (kind.equals("reads nothing")) {
        Poll.until(END, connection::isCut, cut -> cut);
        status = 0;
      } else {
        if (!kind.equals("says nothing")) {
          Thread.ofVirtual().start(() -> drip(connection, kind));
        }
        status = connection.answer().status();
        connection.awaitEnd();
      }
    }
    ends.computeIfAbsent(kind, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(status, _ -> new AtomicInteger())
        .incrementAndGet();
  }

  private static void drip(RawConnection connection, String kind) {
    try {
      while (connection.drip(kind.startsWith("chunks") ? "1\r\na\r\n" : "a")) {
        Thread.sleep(200);
      }
    } catch (InterruptedException | IOException cut) {
      // the server has had enough
    }
  }

  private Duration deliverGoodOnes(List<String> findings) throws Exception {
    long slowest = 0;
    for (int i = 0; i < GOOD_ONES; i++) {
      long start = System.nanoTime();
      int status = deliver(GoodDelivery.of(FIRST + i));
      slowest = Math.max(slowest, System.nanoTime() - start);
      if (status != 202) {
        findings.add("beside slow senders a good delivery was answered " + status);
      }
    }
    return Duration.ofNanos(slowest);
  }

  /** On a connection of its own: a kept one may be ended as idle just when it is used again. */
  private int deliver(byte[] body) throws Exception {
    try (var connection = new RawConnection(server.uri())) {
      connection.post(
          "/webhooks/azure-devops",
          List.of(RawConnection.basic(site.secret()), "Content-Type: application/json"),
          body,
          false);
      return connection.answer().status();
    }
  }
}
