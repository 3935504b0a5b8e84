package io.countersign.query.projection;

import io.countersign.eventlog.processing.SteadyClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** This node's processor of one generation, with its threads. */
final class Follower {

  /** Between two segments that are given up: the first has to be gone before it counts. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Generation generation;
  private final QuerySettings settings;
  private final ProjectionTransactions transactions;
  private final TokenStore tokens;
  private final ProjectionEventHandler<?> handler;
  private final ScheduledExecutorService workers;
  private final ScheduledExecutorService coordinator;
  private @Nullable PooledStreamingEventProcessor processor;
  private long gaveUp = System.nanoTime() - PAUSE.toNanos();

  Follower(
      Generation generation,
      QuerySettings settings,
      ProjectionTransactions transactions,
      TokenStore tokens,
      MeterRegistry metrics,
      ScheduledExecutorService workers,
      ScheduledExecutorService coordinator) {
    this.generation = generation;
    this.settings = settings;
    this.transactions = transactions;
    this.tokens = tokens;
    this.handler =
        ProjectionEventHandler.of(
            generation,
            settings.deadLetters(),
            transactions,
            (token, segment) -> tokens.storeToken(token, generation.processor(), segment),
            metrics);
    this.workers = workers;
    this.coordinator = coordinator;
  }

  /** Starts it. */
  void start(StreamableMessageSource<TrackedEventMessage<?>> events) {
    var invoker =
        SimpleEventHandlerInvoker.builder()
            .eventHandlers(handler)
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .sequencingPolicy(new Fold<>(generation.projection())::sequence)
            .build();
    PooledStreamingEventProcessor started =
        PooledStreamingEventProcessor.builder()
            .name(generation.processor())
            .eventHandlerInvoker(invoker)
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(events)
            .tokenStore(tokens)
            .transactionManager(transactions)
            .clock(new SteadyClock(Instant.now()))
            .initialSegmentCount(settings.segments())
            .batchSize(settings.batchSize())
            .initialToken(StreamableMessageSource::createTailToken)
            .tokenClaimInterval(Math.min(5_000, settings.claimTimeout().toMillis() / 6))
            .claimExtensionThreshold(settings.claimTimeout().toMillis() / 3)
            .enableCoordinatorClaimExtension()
            .workerExecutor(workers)
            .coordinatorExecutor(coordinator)
            .build();
    processor = started;
    started.start();
  }

  /** A segment was claimed, on this node or another. */
  void claimed(int segment) {
    handler.claimed(segment);
  }

  Generation generation() {
    return generation;
  }

  /** The processor, once it was started. */
  Optional<StreamingEventProcessor> processor() {
    return Optional.ofNullable(processor);
  }

  /** What stops its segments on this node. */
  Stream<SegmentFailure> failures() {
    return handler.failures().entrySet().stream()
        .map(
            one ->
                new SegmentFailure(
                    generation.processor(),
                    one.getKey(),
                    one.getValue().index(),
                    one.getValue().code()));
  }

  /**
   * Lets a segment go. Another node claims it; this one does not for a while.
   *
   * @return whether this node does not have it (any more): it takes a moment
   */
  boolean release(int segment) {
    PooledStreamingEventProcessor started = Objects.requireNonNull(processor, "not started");
    if (!started.processingStatus().containsKey(segment)) {
      return true;
    }
    gaveUp = System.nanoTime();
    started.releaseSegment(segment);
    return false;
  }

  /**
   * Gives up a segment when this node has more than its share of them. Another node claims it; this
   * one does not for a while.
   *
   * @param nodes how many share them
   */
  void share(int nodes) {
    PooledStreamingEventProcessor started = Objects.requireNonNull(processor, "not started");
    Map<Integer, EventTrackerStatus> mine = started.processingStatus();
    int all =
        mine.values().stream().mapToInt(one -> one.getSegment().getMask() + 1).max().orElse(0);
    int share = Math.ceilDiv(all, Math.max(1, nodes));
    long now = System.nanoTime();
    if (mine.size() > share && now - gaveUp > PAUSE.toNanos()) {
      gaveUp = now;
      mine.keySet().stream().max(Comparator.naturalOrder()).ifPresent(started::releaseSegment);
    }
  }

  /** Stops it: its segments are free for other nodes when this completes. */
  CompletableFuture<?> stop() {
    return Objects.requireNonNull(processor, "not started")
        .shutdownAsync()
        .whenComplete(
            (_, _) -> {
              workers.shutdown();
              coordinator.shutdown();
            });
  }
}
