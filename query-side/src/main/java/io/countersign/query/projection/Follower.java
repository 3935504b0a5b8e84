package io.countersign.query.projection;

import io.countersign.eventlog.processing.SteadyClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** This node's processor of one generation, with its threads. */
final class Follower {

  private final Generation generation;
  private final ProjectionTransactions transactions;
  private final ProjectionEventHandler<?> handler;
  private final ScheduledExecutorService workers;
  private final ScheduledExecutorService coordinator;
  private @Nullable PooledStreamingEventProcessor processor;

  Follower(
      Generation generation,
      ProjectionTransactions transactions,
      MeterRegistry metrics,
      ScheduledExecutorService workers,
      ScheduledExecutorService coordinator) {
    this.generation = generation;
    this.transactions = transactions;
    this.handler = ProjectionEventHandler.of(generation, transactions, metrics);
    this.workers = workers;
    this.coordinator = coordinator;
  }

  /** Starts it. */
  void start(Configuration axon, QuerySettings settings, TokenStore tokens) {
    var invoker =
        SimpleEventHandlerInvoker.builder()
            .eventHandlers(handler)
            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
            .sequencingPolicy(ProjectionProcessors::sequence)
            .build();
    PooledStreamingEventProcessor started =
        PooledStreamingEventProcessor.builder()
            .name(generation.processor())
            .eventHandlerInvoker(invoker)
            .errorHandler(PropagatingErrorHandler.instance())
            .messageSource(axon.eventStore())
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
    started.start();
    processor = started;
  }

  Generation generation() {
    return generation;
  }

  StreamingEventProcessor processor() {
    return Objects.requireNonNull(processor, "not started");
  }

  Map<Integer, ProjectionEventHandler.Failure> failures() {
    return handler.failures();
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
