package io.countersign.e2e.fuzz;

import io.countersign.testkit.fuzz.Corpus;
import io.countersign.testkit.fuzz.Mutant;
import io.countersign.testkit.fuzz.Mutator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends mutants, a good delivery after each twentieth, from several senders at once; keeps every
 * receipt. Every delivery is authenticated and its HTTP is sound, so it must be answered 202, or
 * 503 and 202 later.
 */
final class BodyFlood {

  private static final int GOOD_EVERY = 20;
  private static final int FIRST_GOOD = 1_000_000;
  private static final int TRIES = 200;
  private static final Pattern RECEIPT = Pattern.compile("\"deliveryId\":\"([0-9a-f-]{36})\"");

  private final URI server;
  private final String authorization;
  private final Mutator mutator;
  private final Set<String> receipts = ConcurrentHashMap.newKeySet();
  private final Set<String> good = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();

  BodyFlood(URI server, String secret, long seed) throws IOException {
    this.server = server;
    this.authorization = RawConnection.basic(secret);
    this.mutator = new Mutator(corpus(), seed);
  }

  private static Corpus corpus() throws IOException {
    Path resources =
        Path.of(System.getProperty("countersign.corpus", "../../command-side/src/test/resources"));
    return Corpus.of(resources.resolve("fixtures"), resources.resolve("regressions"));
  }

  /** Sends the mutants of these numbers. */
  void send(int from, int to, int senders) throws Exception {
    var next = new AtomicInteger(from);
    try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        running.add(
            threads.submit(
                () -> {
                  work(next, to);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private void work(AtomicInteger next, int to) throws Exception {
    RawConnection connection = new RawConnection(server);
    try {
      for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
        connection = deliver(connection, mutator.mutant(number), receipts);
        if (number % GOOD_EVERY == 0) {
          byte[] body = GoodDelivery.of(FIRST_GOOD + number);
          List<String> headers = List.of("Content-Type: application/json; charset=utf-8");
          connection =
              deliver(connection, new Mutant("good " + number, body, headers, false), good);
        }
      }
    } finally {
      connection.close();
    }
  }

  private RawConnection deliver(RawConnection connection, Mutant mutant, Set<String> into)
      throws Exception {
    List<String> headers = new ArrayList<>(mutant.headers());
    headers.add(authorization);
    RawConnection current = connection;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      current.post("/webhooks/azure-devops", headers, mutant.body(), mutant.chunked());
      RawConnection.Answer answer = current.answer();
      answers.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
      if (answer.closes()) {
        current.close();
        current = new RawConnection(server);
      }
      if (answer.status() == 202) {
        Matcher receipt = RECEIPT.matcher(answer.body());
        if (!receipt.find()) {
          findings.add("202 without a receipt: " + mutant.name());
        } else {
          into.add(receipt.group(1));
        }
        return current;
      }
      if (answer.status() != 503) {
        findings.add("answered " + answer.status() + ": " + mutant.name());
        return current;
      }
      Thread.sleep(100);
    }
    findings.add("answered 503 again and again: " + mutant.name());
    return current;
  }

  /** Of the malformed ones. */
  Set<String> receipts() {
    return receipts;
  }

  /** Of the good ones. */
  Set<String> good() {
    return good;
  }

  /** How often each status was answered; 0: closed without an answer. */
  Map<Integer, AtomicInteger> answers() {
    return answers;
  }

  /** Answers that would cost the real sender events. */
  List<String> findings() {
    return List.copyOf(findings);
  }
}
