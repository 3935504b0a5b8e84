package io.countersign.command.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadTest {

  @Test
  void nobodyIsToldWhatWasReadBeforeTheyAsked() throws Exception {
    var written = new AtomicInteger();
    var inside = new AtomicInteger();
    var read =
        new SharedRead<>(
            () -> {
              assertThat(inside.incrementAndGet()).as("one read at a time").isOne();
              int seen = written.get();
              Thread.yield();
              inside.decrementAndGet();
              return seen;
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 500; n++) {
                    int mine = written.incrementAndGet();
                    assertThat(read.get()).isGreaterThanOrEqualTo(mine);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  void whoAsksWhileARunningReadSharesTheNextOne() throws Exception {
    var reads = new AtomicInteger();
    var began = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var read =
        new SharedRead<>(
            () -> {
              int number = reads.incrementAndGet();
              if (number == 1) {
                began.countDown();
                awaitQuietly(go);
              }
              return number;
            });
    Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    Thread first = Thread.ofPlatform().start(() -> answers.put(0, read.get()));
    began.await();
    List<Thread> later = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      int asker = i;
      later.add(Thread.ofPlatform().start(() -> answers.put(asker, read.get())));
    }
    while (!later.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    go.countDown();
    first.join();
    for (Thread one : later) {
      one.join();
    }
    assertThat(answers.remove(0)).isEqualTo(1);
    assertThat(answers.values()).hasSize(20).containsOnly(2);
    assertThat(reads).hasValue(2);
  }

  @Test
  void aFailureIsEverybodysAndTheNextReadIsTriedAnew() {
    var reads = new AtomicInteger();
    var read =
        new SharedRead<>(
            () -> {
              if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
              }
              return "there";
            });
    assertThatThrownBy(read::get).isInstanceOf(IllegalStateException.class).hasMessage("away");
    assertThat(read.get()).isEqualTo("there");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
