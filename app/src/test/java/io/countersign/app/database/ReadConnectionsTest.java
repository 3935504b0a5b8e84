package io.countersign.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.TestPostgres;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.r2dbc.core.DatabaseClient;

class ReadConnectionsTest {

  @Test
  void aQueryThatTakesTooLongIsGivenUpAndTheConnectionServesTheNext() {
    DatabaseAddress address = TestPostgres.newDatabase();
    var pool = ReadConnections.pool(address, 1, Duration.ofMillis(200));
    DatabaseClient database = DatabaseClient.create(pool);
    assertThatThrownBy(() -> database.sql("select pg_sleep(60)").fetch().one().block())
        .isInstanceOf(DataAccessResourceFailureException.class)
        .cause()
        .isInstanceOfSatisfying(
            R2dbcException.class, e -> assertThat(e.getSqlState()).isEqualTo("57014"));
    assertThat(database.sql("select 7 as n").map(row -> row.get("n", Integer.class)).one().block())
        .isEqualTo(7);
    pool.dispose();
  }
}
