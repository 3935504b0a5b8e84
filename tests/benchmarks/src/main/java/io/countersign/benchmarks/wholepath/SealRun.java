package io.countersign.benchmarks.wholepath;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * How far sealing is behind under load, and what a proof over HTTP costs. The lag is that of the
 * worst entry of each checkpoint: from when it was recorded to when the checkpoint over it was seen
 * in the folder, by the same clock.
 */
public final class SealRun {

  private static final int SENDERS = 32;
  private static final int WARM_UP_SECONDS = 15;
  private static final int MOST_A_SECOND = 2_000;
  private static final int LOOK_MILLIS = 5;
  private static final int PROOFS = 2_000;
  private static final double LAG_AIM_MILLIS = 1_000;
  private static final double PROOF_AIM_MILLIS = 10;

  private SealRun() {}

  /** A checkpoint that was seen: the first entry it seals, and when. */
  private record Seen(long firstNew, long size, long micros) {}

  /** {@code [seconds]}. Exit code 0 when both aims are reached. */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    boolean reached;
    try (var server = ServerUnderLoad.start();
        var load = new Load(server);
        var handled = new Handled(server);
        var visible = new Visibility(server)) {
      load.closed(load.senders(SENDERS, WARM_UP_SECONDS * MOST_A_SECOND), WARM_UP_SECONDS, visible);
      handled.awaitAll(visible);
      reached = lag(server, load, handled, visible, seconds) & proofs(server);
    }
    System.exit(reached ? 0 : 1);
  }

  private static boolean lag(
      ServerUnderLoad server, Load load, Handled handled, Visibility visible, int seconds)
      throws Exception {
    List<Seen> seen = new ArrayList<>();
    var over = new AtomicBoolean();
    Thread watch = Thread.ofPlatform().start(() -> watch(server, over, seen));
    load.closed(load.senders(SENDERS, seconds * MOST_A_SECOND), seconds, visible);
    handled.awaitAll(visible);
    over.set(true);
    watch.join();
    var lags = new Histogram(3);
    try (Connection database = server.database();
        var recorded =
            database.prepareStatement(
                "select (extract(epoch from recorded_at) * 1000000)::bigint"
                    + " from eventlog.entry where index = ?")) {
      for (Seen one : seen) {
        recorded.setLong(1, one.firstNew());
        try (var row = recorded.executeQuery()) {
          row.next();
          lags.recordValue(Math.max(0, one.micros() - row.getLong(1)));
        }
      }
    }
    long entries = seen.isEmpty() ? 0 : seen.getLast().size() - seen.getFirst().firstNew();
    double p99 = lags.getValueAtPercentile(99) / 1e3;
    System.out.printf(
        "sealing    %,d entries under %,d checkpoints in %d s (%,.0f/s)%n",
        entries, seen.size(), seconds, entries / (double) seconds);
    System.out.printf(
        "lag        p50 %.0f ms, p99 %.0f ms, max %.0f ms   aim: p99 under %.0f ms%n",
        lags.getValueAtPercentile(50) / 1e3, p99, lags.getMaxValue() / 1e3, LAG_AIM_MILLIS);
    return entries > 0 && p99 < LAG_AIM_MILLIS;
  }

  private static void watch(ServerUnderLoad server, AtomicBoolean over, List<Seen> seen) {
    try {
      long last = -1;
      while (!over.get()) {
        long size = size(server);
        if (last >= 0 && size > last) {
          seen.add(new Seen(last, size, System.currentTimeMillis() * 1_000));
        }
        last = size;
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long size(ServerUnderLoad server) throws IOException {
    try {
      return Long.parseLong(Files.readAllLines(server.published().resolve("checkpoint")).get(1));
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  private static boolean proofs(ServerUnderLoad server) throws Exception {
    long size = size(server);
    var random = new Random(1);
    long[] nanos = new long[PROOFS];
    try (var http = HttpClient.newHttpClient()) {
      for (int i = -PROOFS; i < PROOFS; i++) { // the first half only warms up
        URI proof =
            URI.create(
                "http://127.0.0.1:%d/api/v1/log/proofs/inclusion?index=%d"
                    .formatted(server.port, random.nextLong(size)));
        HttpRequest request =
            HttpRequest.newBuilder(proof)
                .header("Authorization", "Bearer " + server.operatorToken())
                .build();
        long start = System.nanoTime();
        int status = http.send(request, BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
          throw new IllegalStateException("a proof was answered " + status);
        }
        if (i >= 0) {
          nanos[i] = System.nanoTime() - start;
        }
      }
    }
    Arrays.sort(nanos);
    double p99 = nanos[PROOFS * 99 / 100] / 1e6;
    System.out.printf(
        "proof      over HTTP, one after the other, log of %,d entries: p50 %.2f ms, p99 %.2f ms   aim: p99 under %.0f ms%n",
        size, nanos[PROOFS / 2] / 1e6, p99, PROOF_AIM_MILLIS);
    return p99 < PROOF_AIM_MILLIS;
  }
}
