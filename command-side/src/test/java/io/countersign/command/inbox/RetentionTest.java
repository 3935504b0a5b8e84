package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Partitions partitions() {
    var database = InboxDatabase.on(fixture.pool);
    return new Partitions(database.jdbc(), database.transactions());
  }

  @Test
  void afterRetentionKeyAndContentAreGoneQuarantineIncludedAndTheNarrowRowsStay() {
    InboxNode node = fixture.node(_ -> new Outcome.Quarantined("malformed-json", "at byte 3"));
    Receipt quarantined = fixture.accept(node, update(1, 1));
    node.workers.start();
    InboxFixture.await(() -> fixture.count("pending") == 0);
    node.workers.stop();
    Receipt waiting = fixture.accept(node, update(2, 1));
    node.retention.prepare();

    fixture.clock.set("2026-12-20T23:59:59Z");
    node.retention.destroyExpired();
    assertThat(fixture.count("body")).isEqualTo(2);

    fixture.clock.set("2026-12-21T00:00:01Z");
    node.retention.destroyExpired();
    assertThat(fixture.count("body")).isZero();
    assertThat(fixture.keys.owners()).isEmpty();
    assertThat(partitions().days()).doesNotContain(LocalDate.of(2026, 11, 20));
    assertThat(fixture.count("delivery")).isEqualTo(2);
    assertThat(fixture.count("pending")).isZero();
    DeliveryView.Summary summary = node.queries.find(waiting.deliveryId()).orElseThrow().summary();
    assertThat(summary.status()).isEqualTo("evicted");
    assertThat(summary.code()).isEqualTo("retention");
    assertThat(summary.digest()).isEqualTo(waiting.digest());
    var olga = new Principal("olga", Set.of(Role.OPERATOR));
    Assertions.assertThatThrownBy(
            () -> node.operations.retry(quarantined.deliveryId(), olga, "again"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("past retention");
  }

  @Test
  void aLongReaderDelaysTheDropButNotTheKeyAndTheNextRunFinishes() throws SQLException {
    InboxNode node = fixture.node(InboxFixture.handled());
    fixture.accept(node, update(1, 1));
    fixture.clock.set("2027-01-20T00:00:00Z");
    try (Connection reader = fixture.address.connect("backup")) {
      reader.setAutoCommit(false);
      try (var statement = reader.createStatement()) {
        statement.executeQuery("select count(*) from inbox.body").close();
      }
      node.retention.destroyExpired();
      assertThat(fixture.keys.owners()).isEmpty();
      assertThat(fixture.count("body")).isOne();
      // and while it reads, new days can be made and deliveries taken
      assertThat(fixture.accept(node, update(1, 2)).duplicate()).isFalse();
      reader.rollback();
    }
    node.retention.destroyExpired();
    assertThat(partitions().days()).containsExactly(LocalDate.of(2027, 1, 20));
  }

  @Test
  void theComingDaysArePreparedAndPreparingAgainChangesNothing() {
    InboxNode node = fixture.node(InboxFixture.handled());
    node.retention.prepare();
    partitions().ensure(LocalDate.of(2026, 11, 20));
    assertThat(partitions().days())
        .containsExactly(
            LocalDate.of(2026, 11, 20),
            LocalDate.of(2026, 11, 21),
            LocalDate.of(2026, 11, 22),
            LocalDate.of(2026, 11, 23));
  }
}
