package io.countersign.command.inbox;

import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.Acceptance.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes deliveries in: sealed and durable, or refused for now. */
public final class Inbox implements Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final InboxWriter writer;
  private final DailyKeys keys;
  private final Backlog backlog;
  private final InboxMetrics metrics;
  private final ByteBudget budget;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Duration retryAfter;
  private final Duration commitTimeout;

  Inbox(
      InboxWriter writer,
      DailyKeys keys,
      Backlog backlog,
      InboxMetrics metrics,
      ByteBudget budget,
      InstantSource clock,
      Supplier<UUID> ids,
      InboxSettings settings) {
    this.writer = writer;
    this.keys = keys;
    this.backlog = backlog;
    this.metrics = metrics;
    this.budget = budget;
    this.clock = clock;
    this.ids = ids;
    this.retryAfter = settings.retryAfter();
    this.commitTimeout = settings.commitTimeout();
  }

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public @Nullable Refused admission() {
    Refused full = refusal();
    if (full != null) {
      return full;
    }
    Duration later = backlog.admission().refusal();
    if (later == null) {
      return null;
    }
    metrics.refused("wait");
    return new Refused("wait", later);
  }

  /** How long a delivery taken now would wait for being handled; zero while nothing is known. */
  public Duration expectedWait() {
    return Duration.ofMillis(Math.round(backlog.admission().waitSeconds() * 1_000));
  }

  /** Whether everything is full; null when there is room. */
  public @Nullable Refused refusal() {
    String reason = backlog.refusal();
    return reason == null ? null : refuse(reason);
  }

  @Override
  public Refused refuse(String reason) {
    metrics.refused(reason);
    return new Refused(reason, retryAfter);
  }

  /**
   * Stores a delivery. Blocks until it is durable: call it on a virtual thread. Never throws.
   *
   * @return accepted only after the commit. A refused delivery may still have become durable (a
   *     commit whose answer was lost); sent again it is recognised.
   */
  public Acceptance accept(Incoming incoming) {
    try {
      return take(incoming).get(commitTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse("interrupted");
    } catch (TimeoutException e) {
      return refuse("commit-timeout");
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completes with an exception", e);
    }
  }

  @Override
  public CompletableFuture<Acceptance> take(Incoming incoming) {
    try {
      Refused refusal = refusal();
      if (refusal != null) {
        return CompletableFuture.completedFuture(refusal);
      }
      var receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
      var key = keys.forDay(Arrival.day(receivedAt));
      CompletableFuture<Receipt> receipt =
          writer.offer(Arrival.of(incoming, ids.get(), receivedAt, key));
      return receipt == null
          ? CompletableFuture.completedFuture(refuse("queue"))
          : receipt.handle((stored, e) -> e == null ? new Accepted(stored) : refuse("not-stored"));
    } catch (RuntimeException | Error e) {
      LOG.warn("could not take a delivery: {}", e.getClass().getName());
      return CompletableFuture.completedFuture(refuse("not-stored"));
    }
  }

  @Override
  public boolean isKeyAtHand() {
    return keys.has(Arrival.day(clock.instant()));
  }

  @Override
  public Duration commitTimeout() {
    return commitTimeout;
  }
}
