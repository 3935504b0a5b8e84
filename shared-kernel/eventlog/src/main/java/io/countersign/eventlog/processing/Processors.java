package io.countersign.eventlog.processing;

import java.time.Instant;
import java.util.concurrent.Executors;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** Registers pooled streaming processors that lose nothing and do not sleep. */
public final class Processors {

  private Processors() {}

  /**
   * Registers a processor on the event store. An event whose handler throws is not skipped: the
   * batch is rolled back and tried again.
   */
  public static void register(EventProcessingConfigurer processing, ProcessorSettings settings) {
    String name = settings.name();
    SequencingPolicy<? super EventMessage<?>> sequencing = settings.sequencing();
    processing
        .registerPooledStreamingEventProcessor(
            name,
            configuration -> configuration.eventStore(),
            (configuration, builder) -> configure(builder, settings))
        .registerListenerInvocationErrorHandler(
            name, configuration -> PropagatingErrorHandler.instance())
        .registerErrorHandler(name, configuration -> PropagatingErrorHandler.instance())
        .registerSequencingPolicy(name, configuration -> sequencing);
  }

  /** The same for a processor that is built by hand. */
  public static PooledStreamingEventProcessor.Builder configure(
      PooledStreamingEventProcessor.Builder builder, ProcessorSettings settings) {
    return builder
        .clock(new SteadyClock(Instant.now()))
        .initialSegmentCount(settings.segments())
        .batchSize(settings.batchSize())
        .initialToken(source -> settings.start().token(source))
        .coordinatorExecutor(PromptCoordinatorExecutor::new)
        .workerExecutor(
            name ->
                Executors.newScheduledThreadPool(
                    settings.segments(),
                    Thread.ofPlatform().daemon(true).name("worker[" + name + "]-", 0).factory()))
        .enableCoordinatorClaimExtension();
  }
}
