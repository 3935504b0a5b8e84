package io.countersign.query.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class RequestSlotsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final RequestSlots slots = new RequestSlots(2, 2, LONG);

  private RequestSlots.Slot taken() {
    RequestSlots.Slot slot = slots.slot();
    slot.take().block();
    return slot;
  }

  private static void refused(RequestSlots.Slot slot) {
    assertThatThrownBy(slot.take()::block)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED));
  }

  @Test
  void whoComesLaterWaitsInOrderAndTheOneTooManyIsRefused() throws Exception {
    RequestSlots.Slot first = taken();
    RequestSlots.Slot second = taken();
    List<String> order = new ArrayList<>();
    var third = new CountDownLatch(1);
    var fourth = new CountDownLatch(1);
    RequestSlots.Slot thirdSlot = slots.slot();
    thirdSlot
        .take()
        .subscribe(
            _ -> {},
            _ -> {},
            () -> {
              order.add("third");
              third.countDown();
            });
    slots
        .slot()
        .take()
        .subscribe(
            _ -> {},
            _ -> {},
            () -> {
              order.add("fourth");
              fourth.countDown();
            });
    assertThat(slots.waiting()).isEqualTo(2);
    refused(slots.slot());
    assertThat(slots.refused()).isOne();

    first.leave();
    third.await();
    thirdSlot.leave();
    fourth.await();
    assertThat(order).containsExactly("third", "fourth");
    assertThat(slots.taken()).isEqualTo(2);
    second.leave();
    assertThat(slots.taken()).isOne();
  }

  @Test
  void whoWaitsTooLongIsRefusedAndTakesNothingWithIt() {
    var hasty = new RequestSlots(1, 5, Duration.ofMillis(20));
    RequestSlots.Slot first = hasty.slot();
    first.take().block();
    refused(hasty.slot());
    assertThat(hasty.waiting()).isZero();
    assertThat(hasty.refused()).isOne();
    first.leave();
    assertThat(hasty.taken()).isZero();
  }

  @Test
  void whoGivesUpWhileItWaitsAndLeavesIsForgotten() {
    taken();
    RequestSlots.Slot second = taken();
    RequestSlots.Slot third = slots.slot();
    Disposable waits = third.take().subscribe();
    waits.dispose();
    third.leave();
    assertThat(slots.waiting()).isZero();
    second.leave();
    assertThat(slots.taken()).isOne();
  }

  @Test
  void toLeaveTwiceGivesOneSlotBack() {
    RequestSlots.Slot first = taken();
    taken();
    first.leave();
    first.leave();
    assertThat(slots.taken()).isOne();
  }

  @Test
  void neverMoreThanTheLimitAndNothingLostWhateverHappensAtTheSameTime() throws Exception {
    var many = new RequestSlots(3, 1_000, Duration.ofMillis(2));
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var ended = new Semaphore(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1_000; i++) {
        threads.submit(
            () -> {
              RequestSlots.Slot slot = many.slot();
              try {
                slot.take().block();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.sleep(0, ThreadLocalRandom.current().nextInt(200_000));
                inside.decrementAndGet();
              } catch (ProblemException _) {
                // waited too long
              } finally {
                slot.leave();
                ended.release();
              }
              return null;
            });
      }
    }
    assertThat(ended.availablePermits()).isEqualTo(1_000);
    assertThat(most).hasValueBetween(1, 3);
    assertThat(many.taken()).isZero();
    assertThat(many.waiting()).isZero();
  }
}
