package io.countersign.eventlog.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state from a snapshot and its tail is the state from the whole stream. */
class SnapshotTest {

  private final LogDatabase database = new LogDatabase();

  @AfterEach
  void check() {
    LogInvariants.check(database);
    database.close();
  }

  private AccountNode node() {
    return new AccountNode(
        database,
        aggregate ->
            aggregate.configureSnapshotTrigger(
                c -> new EventCountSnapshotTriggerDefinition(c.snapshotter(), 5)));
  }

  @Test
  void aSnapshotAndItsTailGiveTheStateOfTheWholeStream() {
    try (var node = node()) {
      for (int i = 1; i <= 12; i++) {
        node.send(new Account.Add("acc", i));
      }
    }
    assertThat(database.number("select sequence from eventlog.snapshot")).isGreaterThan(4);
    assertThat(
            database.texts(
                "select convert_from(payload, 'UTF8')::jsonb ->> 'total' from eventlog.snapshot"))
        .isEqualTo(
            database.texts(
                "select sum((convert_from(payload, 'UTF8')::jsonb ->> 'amount')::int)::text"
                    + " from eventlog.entry"
                    + " where sequence <= (select sequence from eventlog.snapshot)"));
    try (var withSnapshot = node()) {
      assertThat(withSnapshot.send(new Account.Add("acc", 0))).isEqualTo(78L);
    }
    database.execute("truncate eventlog.snapshot");
    try (var wholeStream = node()) {
      assertThat(wholeStream.send(new Account.Add("acc", 0))).isEqualTo(78L);
    }
  }

  @Test
  void aForgedSnapshotIsBelievedUntilItIsEmptiedAndTheLogStaysAsItWas() {
    try (var node = node()) {
      for (int i = 1; i <= 12; i++) {
        node.send(new Account.Add("acc", i));
      }
    }
    database.execute(
        """
        update eventlog.snapshot
        set payload = convert_to(
            jsonb_set(convert_from(payload, 'UTF8')::jsonb, '{total}', '1000000')::text, 'UTF8')
        """);
    try (var forged = node()) {
      assertThat((long) forged.send(new Account.Add("acc", 0))).isGreaterThanOrEqualTo(1_000_000);
    }
    LogInvariants.check(database);
    database.execute("truncate eventlog.snapshot");
    try (var wholeStream = node()) {
      assertThat(wholeStream.send(new Account.Add("acc", 0))).isEqualTo(78L);
    }
  }
}
