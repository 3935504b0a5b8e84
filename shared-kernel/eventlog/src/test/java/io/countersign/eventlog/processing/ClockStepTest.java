package io.countersign.eventlog.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.TestSerializer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.GenericTokenEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a moment does not wait longer because somebody set a clock. */
class ClockStepTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMinutes(5);

  private final Clock before = AbstractTokenEntry.clock;

  @AfterEach
  void restore() {
    AbstractTokenEntry.clock = before;
  }

  @Test
  void aSteadyClockGoesForwardAtThePaceOfTime() {
    var nanos = new AtomicLong(Long.MAX_VALUE - 10); // it may wrap
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    var clock = new SteadyClock(start, nanos::get);
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(clock.instant()).isEqualTo(start.plusSeconds(7));
    clock.set(start.minus(STEP));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(clock.instant()).isEqualTo(start.minus(STEP).plusSeconds(1));
  }

  @Test
  void aClaimOfANodeThatDiedWithItsClockAheadIsFreeAfterTheTimeout() throws Exception {
    // as Axon has it: each node by its own clock
    AbstractTokenEntry.clock = Clock.offset(Clock.systemUTC(), STEP);
    var dated = entry();
    dated.claim("died", TIMEOUT);
    AbstractTokenEntry.clock = Clock.offset(Clock.systemUTC(), TIMEOUT.plusSeconds(1));
    assertThat(dated.mayClaim("lives", TIMEOUT)).as("the fault is there").isFalse();

    try (var database = new LogDatabase();
        var pool = database.pool();
        var claims = new ClaimClock(pool).start()) {
      var ours = entry();
      ours.claim("died", TIMEOUT);
      assertThat(Duration.between(ours.timestamp(), timeOf(database)).abs())
          .isLessThan(Duration.ofSeconds(20));
      assertThat(ours.mayClaim("lives", TIMEOUT)).isFalse();
      AbstractTokenEntry.clock = Clock.offset(claims.clock(), TIMEOUT.plusSeconds(1));
      assertThat(ours.mayClaim("lives", TIMEOUT)).isTrue();
    }
  }

  private static GenericTokenEntry<byte[]> entry() {
    return new GenericTokenEntry<>(
        new GlobalSequenceTrackingToken(3), TestSerializer.create(), byte[].class, "p", 0);
  }

  private static Instant timeOf(LogDatabase database) throws SQLException {
    try (Connection connection = database.address().connect("test");
        var row = connection.createStatement().executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, java.time.OffsetDateTime.class).toInstant();
    }
  }
}
