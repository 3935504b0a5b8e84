package io.countersign.command.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countersign.command.inbox.Admission.Sample;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A simulated inbox: so many a second come, so many are worked off, time is set by hand. */
class AdmissionTest {

  private static final double LONGEST = 30;

  private final AtomicLong nanos = new AtomicLong(17);
  private final AtomicLong waiting = new AtomicLong();
  private final Admission admission =
      new Admission(Duration.ofSeconds(30), nanos::get, waiting::get);

  /** What a second was like. */
  private record Second(long taken, long refused, long handled) {}

  /** Deliveries come evenly over a second; then the database is asked. */
  private Second second(long coming, long capacity) {
    long before = waiting.get();
    long taken = 0;
    for (long i = 0; i < coming; i++) {
      nanos.addAndGet(1_000_000_000 / coming);
      if (admission.refusal() == null) {
        taken++;
        waiting.incrementAndGet();
      }
    }
    long handled = Math.min(waiting.get(), capacity);
    waiting.addAndGet(-handled);
    // what waits now is older than a second only when there was more than a second's work before
    sample(before > capacity ? (double) before / capacity : 0, handled);
    return new Second(taken, coming - taken, handled);
  }

  private void sample(double oldestSeconds, long drained) {
    admission.learn(new Sample(nanos.get(), waiting.get(), oldestSeconds, drained));
  }

  @Test
  void threeTimesTheCapacityIsTakenAtTheSpeedOfHandlingAndTheWaitStaysBounded() {
    double longest = 0;
    long taken = 0;
    for (int i = 0; i < 600; i++) {
      Second second = second(3_000, 1_000);
      longest = Math.max(longest, admission.waitSeconds());
      if (i >= 100) {
        taken += second.taken();
        assertThat(second.handled()).as("never idle").isEqualTo(1_000);
        assertThat(second.taken()).as("no switching on and off").isBetween(950L, 1_050L);
      }
    }
    assertThat(longest).isLessThan(LONGEST);
    assertThat(taken / 500.0).isCloseTo(1_000, within(20.0));
    assertThat(admission.speed()).isCloseTo(1_000, within(10.0));
  }

  @Test
  void withinTheCapacityNothingIsEverRefused() {
    for (int i = 0; i < 300; i++) {
      assertThat(second(900, 1_000).refused()).isZero();
    }
  }

  @Test
  void aBurstThatIsWorkedOffSoonIsTakenWhole() {
    for (int i = 0; i < 60; i++) {
      second(3_000, 1_000);
    }
    for (int i = 0; i < 60; i++) {
      second(1, 1_000);
    }
    assertThat(second(2_500, 1_000).refused()).isZero();
  }

  @Test
  void whatComesSlowlySaysNothingAboutTheSpeed() {
    for (int i = 0; i < 100; i++) {
      second(1, 1_000);
    }
    assertThat(admission.speed()).as("only what was busy all the time is learned from").isZero();
    assertThat(second(500, 1_000).refused()).isZero();
  }

  @Test
  void aFullInboxAfterARestartIsNotRefusedForEver() {
    waiting.set(50_000);
    sample(3_600, 0);
    assertThat(admission.refusal()).as("nothing is known").isNull();
    boolean taking = false;
    for (int i = 0; i < 60 && !taking; i++) {
      taking = second(100, 1_000).taken() == 100;
    }
    assertThat(taking).isTrue();
  }

  @Test
  void whileNothingAtAllIsWorkedOffTheSpeedOfBeforeHolds() {
    for (int i = 0; i < 60; i++) {
      second(3_000, 1_000);
    }
    double before = admission.speed();
    for (int i = 0; i < 60; i++) {
      second(10, 0);
    }
    assertThat(admission.speed()).isEqualTo(before);
  }

  @Test
  void aMachineThatBecomesSlowerTakesLess() {
    for (int i = 0; i < 100; i++) {
      second(3_000, 1_000);
    }
    for (int i = 0; i < 60; i++) {
      second(3_000, 100);
    }
    assertThat(second(3_000, 100).taken()).isLessThan(120);
    for (int i = 0; i < 300; i++) {
      second(3_000, 100);
    }
    assertThat(admission.waitSeconds()).isLessThan(LONGEST);
  }

  @Test
  void sendersAreToldToWaitLongerTheLongerTheWait() {
    for (int i = 0; i < 20; i++) {
      second(1_500, 1_000);
    }
    waiting.set(200_000);
    assertThat(admission.refusal()).isEqualTo(Duration.ofSeconds(60));
    waiting.set((long) (admission.speed() * 33));
    assertThat(admission.refusal()).isEqualTo(Duration.ofSeconds(15));
    waiting.set(10);
    assertThat(admission.refusal()).isNull();
  }
}
