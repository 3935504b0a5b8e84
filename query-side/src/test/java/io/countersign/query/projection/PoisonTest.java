package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonTest {

  @ParameterizedTest
  @ValueSource(strings = {"22001", "22P02", "22021", "23502", "23505", "23514", "54000"})
  void whatPostgresRefusesForItsValuesIsPoison(String sqlState) {
    assertThat(Poison.of(new RowsRefusedException("s", "t", sqlState)))
        .isNotNull()
        .satisfies(
            poison -> {
              assertThat(poison.code()).isEqualTo("sqlstate-" + sqlState);
              assertThat(poison.sqlState()).isEqualTo(sqlState);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "53100", "53300", "54001", "57014", "57P01", "40001", "40P01", "25006", "42P01",
        "42703", "0A000", "55P03", "58030", "XX000", "2", "null"
      })
  void anOutageOrABrokenSchemaIsNone(String sqlState) {
    assertThat(Poison.of(new RowsRefusedException("s", "t", sqlState))).isNull();
  }

  @Test
  void aFoldThatThrowsIsPoisonUnlessADatabaseIsBehindIt() {
    assertThat(Poison.of(new IllegalArgumentException("4711"))).isNotNull();
    assertThat(Poison.of(new IllegalStateException(new SQLException("away", "08006")))).isNull();
    assertThat(Poison.of(new DeadLettersFullException("p", 1, 2, "c"))).isNull();
  }

  @Test
  void itHoldsPlacesAndNoMessages() {
    var failure = new IllegalStateException("secret 4711", new RuntimeException("secret 4712"));
    Poison poison = Poison.of(failure);
    assertThat(poison).isNotNull();
    assertThat(poison.code()).isEqualTo("IllegalStateException");
    assertThat(poison.error()).contains("IllegalStateException at ", "PoisonTest.java");
    assertThat(poison.stack())
        .startsWith("java.lang.IllegalStateException\n  at ")
        .contains("caused by java.lang.RuntimeException\n");
    assertThat(poison.toString()).doesNotContain("secret");
  }
}
