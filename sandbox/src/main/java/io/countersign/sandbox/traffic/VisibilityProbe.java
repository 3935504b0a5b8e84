package io.countersign.sandbox.traffic;

import io.countersign.sandbox.traffic.AcknowledgedSample.Acknowledged;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes one acknowledged update of a run after the other and asks the query API until it shows it.
 * A few a second, so that asking is no load of its own.
 */
public final class VisibilityProbe implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final TrafficRun run;
  private final ServerView server;
  private final Histogram micros = new ConcurrentHistogram(3);
  private final Thread thread;
  private volatile long unseen;

  private VisibilityProbe(TrafficRun run, ServerView server) {
    this.run = run;
    this.server = server;
    this.thread = Thread.ofPlatform().daemon().name("traffic-probe").unstarted(this::probe);
    thread.start();
  }

  /**
   * Begins to ask.
   *
   * @param server for example {@code http://127.0.0.1:8080}
   * @param token of a principal that may read work items
   * @param tls whom to trust with {@code https}; the platform's authorities when absent
   */
  public static VisibilityProbe start(
      TrafficRun run, URI server, String token, @Nullable SSLContext tls) {
    return new VisibilityProbe(run, new ServerView(server, token, tls, Duration.ZERO));
  }

  /** From the acknowledgement of an update until the query API showed it. */
  public Quantiles acknowledgedToVisible() {
    return Tally.quantiles(micros);
  }

  /** How many were not shown within two minutes. */
  public long unseen() {
    return unseen;
  }

  private void probe() {
    try {
      while (!Thread.interrupted()) {
        Acknowledged acknowledged = run.sample().next(1_000);
        if (acknowledged != null) {
          await(acknowledged);
          Thread.sleep(BETWEEN);
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void await(Acknowledged acknowledged) throws InterruptedException {
    while (!isShown(acknowledged)) {
      if (System.nanoTime() - acknowledged.atNanos() > PATIENCE.toNanos()) {
        unseen++;
        return;
      }
      Thread.sleep(POLL);
    }
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - acknowledged.atNanos()));
  }

  private boolean isShown(Acknowledged acknowledged) throws InterruptedException {
    try {
      JsonNode item = server.find("/api/v1/work-items/" + acknowledged.item());
      if (item == null) {
        return false;
      }
      for (JsonNode delivery : item.path("deliveries")) {
        if (delivery.path("delivery").asString().equals(acknowledged.delivery())) {
          return true;
        }
      }
      return false;
    } catch (IOException | JacksonException e) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
