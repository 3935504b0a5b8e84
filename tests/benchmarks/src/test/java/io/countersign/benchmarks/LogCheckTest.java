package io.countersign.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check finds what it is there to find. */
class LogCheckTest {

  private static final int COMMANDS = 10;

  @TempDir private Path directory;
  private final DatabaseAddress address =
      new DatabaseAddress(PostgresServer.url(PostgresServer.newDatabase()), "postgres", "postgres");
  private final HikariDataSource pool = CounterNode.pool(address);

  @BeforeEach
  void aLogAndItsLedger() throws Exception {
    Schema.EVENTLOG.migrate(pool);
    try (CounterNode node = CounterNode.start(address);
        Ledger ledger = Ledger.append(ledger())) {
      Turn turn = new Turn(0, 0, 0);
      for (int i = 0; i < COMMANDS; i++, turn = turn.next()) {
        ledger.acknowledged(turn, node.send(turn, 0), 1);
      }
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private Path ledger() {
    return directory.resolve("ledger");
  }

  private LogCheck.Result check() throws Exception {
    return LogCheck.of(pool, List.of(ledger()));
  }

  private void behindItsBack(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter table eventlog.entry disable trigger user");
      statement.execute(sql);
    }
  }

  @Test
  void nothingIsWrongWithASoundLog() throws Exception {
    LogCheck.Result result = check();

    assertThat(result.violations()).isEmpty();
    assertThat(result.commands()).isEqualTo(COMMANDS);
    assertThat(result.entries()).isEqualTo(result.acknowledged()).isGreaterThan(COMMANDS);
    assertThat(result.recognized()).isZero();
    assertThat(result.unanswered()).isZero();
  }

  @Test
  void aCommandSentAgainIsRecognizedAndStoredOnce() throws Exception {
    try (CounterNode node = CounterNode.start(address)) {
      assertThat(node.send(new Turn(0, 0, COMMANDS - 1), 0)).isEqualTo(Counter.Receipt.UNKNOWN);
    }
    assertThat(check().violations()).isEmpty();
  }

  @Test
  void anAcknowledgedEventThatIsNotThereIsFound() throws Exception {
    try (Ledger ledger = Ledger.append(ledger())) {
      ledger.acknowledged(new Turn(0, 0, COMMANDS), 7, 1);
    }
    assertThat(check().violations()).anyMatch(words -> words.contains("not in the log"));
  }

  @Test
  void aLineThatWasCutOffIsNoPromise() throws Exception {
    String line =
        new Acknowledged(new Turn(0, 0, 99).eventId(0), 5, new Turn(0, 0, 99), 0, 1, 1).line();
    java.nio.file.Files.writeString(
        ledger(), line.substring(0, line.length() - 1), java.nio.file.StandardOpenOption.APPEND);

    assertThat(check().violations()).isEmpty();
    assertThat(Ledger.next(ledger(), 0, 1)).containsExactly(new Turn(0, 0, COMMANDS));
  }

  @Test
  void aSkippedCommandIsFound() throws Exception {
    try (CounterNode node = CounterNode.start(address)) {
      node.send(new Turn(0, 0, COMMANDS + 1), 0);
    }
    assertThat(check().violations())
        .singleElement()
        .asString()
        .contains("number=" + COMMANDS + "] is due");
  }

  @Test
  void aChangedEntryIsFound() throws Exception {
    behindItsBack("update eventlog.entry set actor = 'somebody' where index = 3");

    assertThat(check().violations()).anyMatch(words -> words.startsWith("entry 3: column actor"));
  }

  @Test
  void aMissingEntryIsFound() throws Exception {
    behindItsBack("delete from eventlog.entry where index = 4");

    assertThat(check().violations())
        .anyMatch(words -> words.contains("entries 4 to 4 are missing"))
        .anyMatch(words -> words.contains("acknowledged and not in the log"));
  }
}
