package io.countersign.eventlog.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.Eventually;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SampledTest {

  private final AtomicInteger readings = new AtomicInteger();

  @Test
  void whoAsksWhileItIsReadSlowlyIsNotHeldAndOneReadingServesAll() throws Exception {
    var goOn = new CountDownLatch(1);
    var sampled =
        new Sampled<>(
            () -> {
              readings.incrementAndGet();
              awaitQuietly(goOn);
              return "read";
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(() -> assertThat(sampled.get()).isEmpty()).get();
      }
    }
    assertThat(readings).hasValue(1);
    goOn.countDown();
    Eventually.until("it is read", () -> sampled.get().equals(Optional.of("read")));
  }

  @Test
  void whatCannotBeReadIsAbsentAndReadAgainLater() {
    var sampled =
        new Sampled<>(
            () -> {
              if (readings.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
              }
              return "read";
            });
    Eventually.until("it failed once", () -> sampled.get().isEmpty() && readings.get() == 1);
    Eventually.until("it is read", () -> sampled.get().equals(Optional.of("read")));
    assertThat(readings).hasValue(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
