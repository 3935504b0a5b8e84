package io.countersign.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short forms of what tests/benchmarks/run does for long: real processes, real signals. */
class CrashCheckTest {

  @Test
  void killedWritersAndAKilledServerLoseAndDoubleNothing(@TempDir Path directory) throws Exception {
    var plan = new CrashCheck.Plan(3_000, Duration.ofMinutes(5), 3, 6, 750, 3, 20_261_120);

    CrashCheck.Outcome outcome = CrashCheck.run(directory, plan);

    assertThat(outcome.log().violations()).isEmpty();
    assertThat(outcome.tail()).isEmpty();
    assertThat(outcome.exitCodes()).containsExactly(0, 0, 0);
    assertThat(outcome.log().acknowledged()).isGreaterThanOrEqualTo(plan.events());
    assertThat(outcome.log().unanswered()).isNotNegative();
    assertThat(outcome.writersKilled()).isPositive();
    assertThat(outcome.postgresKilled()).isPositive();
  }

  @Test
  void aStoppedWriterDoesNotHoldUpTheOthers(@TempDir Path directory) throws Exception {
    Duration longerThanTheLimit = StopCheck.LIMIT.plusSeconds(1);

    StopCheck.Outcome outcome = StopCheck.run(directory, 1, longerThanTheLimit, 6, 200, 20_261_120);

    assertThat(outcome.log().violations()).isEmpty();
    assertThat(outcome.exitCodes()).containsExactly(0, 0, 0);
    assertThat(outcome.eventsOfOthers()).allMatch(events -> events > 0);
    assertThat(outcome.longestOfOthers()).allMatch(millis -> millis < StopCheck.LIMIT.toMillis());
  }
}
