package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** 53 disk, memory, connections; 57 operator, 58 system; 08 line; 25006 a standby. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "53000", "53100", "53200", "53300", "53400", "57000", "57014", "57P01", "57P02", "57P03",
        "58000", "58030", "58P01", "58P02", "08000", "08001", "08003", "08004", "08006", "08007",
        "08P01", "08S01", "25006", "25P02", "25P03", "40001", "40003", "40P01", "55P03", "60000",
        "99999", "XX001"
      })
  void aServerOrALineInTroubleIsNoFaultOfTheWork(String state) {
    assertThat(Outage.behind(new RuntimeException(new SQLException("x", state))))
        .contains(Outage.DATABASE_UNAVAILABLE);
  }

  /** Only what surely left nothing behind may be answered "nothing was stored". */
  @ParameterizedTest
  @ValueSource(strings = {"53100", "53200", "57014", "58030", "25006", "40001", "55P03"})
  void whatTheServerRolledBackIsNotUnknown(String state) {
    assertThat(SqlFailure.of(new SQLException("x", state))).isEqualTo(SqlFailure.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08S01", "08P01", "57P01", "57P02", "40003", "60000", "99999"})
  void whatALostLineLeftBehindIsUnknown(String state) {
    assertThat(SqlFailure.of(new SQLException("x", state))).isEqualTo(SqlFailure.LOST);
  }

  @Test
  void whatTheWorkItselfDidIsNone() {
    assertThat(Outage.behind(new EntryRefusedException("x", new SQLException("x", "22021"))))
        .isEqualTo(Optional.empty());
    assertThat(Outage.behind(new ConcurrencyException("x"))).isEmpty();
    assertThat(Outage.behind(new StackOverflowError())).isEmpty();
  }
}
