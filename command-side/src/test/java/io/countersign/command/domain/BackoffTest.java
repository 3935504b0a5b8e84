package io.countersign.command.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static Duration after(int attempt, double jitter) {
    return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), () -> jitter).after(attempt);
  }

  @Test
  void doublesUpToTheLongestWithJitterInTheUpperHalf() {
    assertThat(after(1, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(after(1, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(after(4, 1)).isEqualTo(Duration.ofSeconds(8));
    assertThat(after(4, 0.5)).isEqualTo(Duration.ofSeconds(6));
    assertThat(after(1000, 1)).isEqualTo(Duration.ofMinutes(5));
  }
}
