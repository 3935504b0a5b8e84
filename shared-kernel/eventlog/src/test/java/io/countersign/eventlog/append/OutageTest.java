package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class OutageTest {

  @Test
  void whatIsAwayIsFoundBehindAnything() {
    assertThat(Outage.behind(new LogOverloadedException(1))).contains(Outage.LOG_OVERLOADED);
    assertThat(Outage.behind(new RuntimeException(new LogUnavailableException("x", null))))
        .contains(Outage.LOG_UNAVAILABLE);
    assertThat(Outage.behind(new OutcomeUnknownException("x", null)))
        .contains(Outage.LOG_UNAVAILABLE);
    assertThat(Outage.behind(new IllegalStateException(new SQLException("x", "53100"))))
        .contains(Outage.DATABASE_UNAVAILABLE);
    assertThat(Outage.behind(new SQLException("a pool without connections")))
        .contains(Outage.DATABASE_UNAVAILABLE);
  }

  @Test
  void whatTheWorkItselfDidIsNone() {
    assertThat(Outage.behind(new EntryRefusedException("x", new SQLException("x", "22021"))))
        .isEqualTo(Optional.empty());
    assertThat(Outage.behind(new ConcurrencyException("x"))).isEmpty();
    assertThat(Outage.behind(new StackOverflowError())).isEmpty();
  }
}
