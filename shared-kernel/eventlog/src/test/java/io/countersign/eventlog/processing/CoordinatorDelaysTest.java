package io.countersign.eventlog.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pins the two sleeps of Axon 4.13.0's coordinator that {@link PromptCoordinatorExecutor} maps. */
class CoordinatorDelaysTest {

  private final Set<Long> delays = ConcurrentHashMap.newKeySet();
  private final EmbeddedEventStore source =
      EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
  private final CountDownLatch release = new CountDownLatch(1);
  private PooledStreamingEventProcessor processor;

  @AfterEach
  void stop() {
    release.countDown();
    processor.shutDown();
    source.shutDown();
  }

  public final class Blocking {
    @EventHandler
    void on(String event) throws InterruptedException {
      release.await();
    }
  }

  private void start(int events) {
    var published = new ArrayList<EventMessage<?>>();
    for (int i = 0; i < events; i++) {
      published.add(GenericEventMessage.asEventMessage("event " + i));
    }
    source.publish(published);
    processor =
        Processors.configure(
                PooledStreamingEventProcessor.builder()
                    .name("pin")
                    .messageSource(source)
                    .tokenStore(new InMemoryTokenStore())
                    .transactionManager(NoTransactionManager.INSTANCE)
                    .eventHandlerInvoker(
                        SimpleEventHandlerInvoker.builder()
                            .eventHandlers(List.of(new Blocking()))
                            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                            .build()),
                ProcessorSettings.inOrder("pin", Start.TAIL))
            .coordinatorExecutor(name -> new Recording())
            .workerExecutor(Executors.newScheduledThreadPool(1))
            .build();
    processor.start();
  }

  private final class Recording extends ScheduledThreadPoolExecutor {
    Recording() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      delays.add(unit.toMillis(delay));
      return super.schedule(command, delay, unit);
    }
  }

  @Test
  void theStockCoordinatorSleepsWhenABufferIsFull() {
    start(1_500);
    Eventually.until(
        "a sleep of a full buffer", () -> delays.contains(PromptCoordinatorExecutor.FULL_BUFFER));
  }

  @Test
  void theStockCoordinatorPollsASourceThatCannotCallBack() {
    start(0);
    Eventually.until("a poll", () -> delays.contains(PromptCoordinatorExecutor.NO_CALLBACK));
  }

  @Test
  void onlyThoseTwoAreShortened() throws Exception {
    start(0);
    try (var executor = new PromptCoordinatorExecutor("pin")) {
      ScheduledFuture<?> full = executor.schedule(() -> {}, 100, TimeUnit.MILLISECONDS);
      ScheduledFuture<?> poll = executor.schedule(() -> {}, 500, TimeUnit.MILLISECONDS);
      ScheduledFuture<?> other = executor.schedule(() -> {}, 5_000, TimeUnit.MILLISECONDS);
      assertThat(full.getDelay(TimeUnit.MILLISECONDS)).isLessThanOrEqualTo(1);
      assertThat(poll.getDelay(TimeUnit.MILLISECONDS)).isLessThanOrEqualTo(10);
      assertThat(other.getDelay(TimeUnit.MILLISECONDS)).isGreaterThan(4_000);
      executor.shutdownNow();
    }
  }
}
