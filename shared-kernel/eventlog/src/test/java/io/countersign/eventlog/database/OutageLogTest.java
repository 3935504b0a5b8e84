package io.countersign.eventlog.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageLogTest {

  private final List<String> lines = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5; // System.nanoTime() may wrap
  private final OutageLog outage =
      new OutageLog(
          "nothing is stored",
          line -> lines.add("warn " + line),
          line -> lines.add("info " + line),
          () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void aLongOutageIsToldAtItsBeginningOnceAMinuteAndAtItsEnd() {
    for (int i = 0; i < 150; i++) {
      outage.failed("57P01");
      pass(Duration.ofSeconds(1));
    }
    outage.works();
    outage.works();
    assertThat(lines)
        .containsExactly(
            "warn nothing is stored: 57P01",
            "warn nothing is stored: 57P01; for 60 s now, failed 61 times",
            "warn nothing is stored: 57P01; for 120 s now, failed 121 times",
            "info over after 150 s and 150 failures: nothing is stored");
  }

  @Test
  void whatWorksSaysNothing() {
    outage.works();
    assertThat(lines).isEmpty();
  }

  @Test
  void theNextOutageIsToldAgain() {
    outage.failed("57P01");
    outage.works();
    outage.failed("08001");
    assertThat(lines).hasSize(3).last().isEqualTo("warn nothing is stored: 08001");
  }
}
