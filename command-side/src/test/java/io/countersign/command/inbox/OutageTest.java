package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.await;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.eventlog.append.LogOverloadedException;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.eventlog.append.OutcomeUnknownException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While the log or the database is away, deliveries wait; they are not given up. */
class OutageTest {

  private static final List<Exception> OUTAGES =
      List.of(
          new LogOverloadedException(7),
          new LogUnavailableException("the disk is full", null),
          new OutcomeUnknownException("cut off", null),
          new IllegalStateException("no key", new SQLException("gone", "08006")),
          new IllegalStateException("no connection", new SQLTransientConnectionException("pool")));

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void triesDuringAnOutageDoNotCountTowardsTheLimit() {
    AtomicInteger calls = new AtomicInteger();
    Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
    InboxNode node =
        fixture.node(
            delivery -> {
              attempts.add(delivery.attempt());
              int call = calls.getAndIncrement();
              if (call < OUTAGES.size()) {
                throw OUTAGES.get(call);
              }
              return new Outcome.Handled(List.of());
            });
    Receipt receipt = fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    DeliveryView.Summary summary = node.queries.find(receipt.deliveryId()).orElseThrow().summary();
    assertThat(summary.status()).isEqualTo("handled");
    assertThat(attempts).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(node.queries.history(summary.position()))
        .extracting(DeliveryView.Step::code)
        .containsExactly(
            "log-overloaded",
            "log-unavailable",
            "log-unavailable",
            "database-unavailable",
            "database-unavailable",
            null);
  }

  @Test
  void failuresOfItsOwnStillCountAfterAnOutage() {
    AtomicInteger calls = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              if (calls.getAndIncrement() % 2 == 0) {
                throw new LogUnavailableException("away", null);
              }
              throw new IllegalStateException("poison");
            });
    Receipt receipt = fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(node.queries.find(receipt.deliveryId()).orElseThrow().summary().code())
        .isEqualTo("attempts-exhausted");
    assertThat(calls).hasValue(6);
  }
}
