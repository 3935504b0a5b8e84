package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.await;
import static io.countersign.command.inbox.InboxFixture.handled;
import static io.countersign.command.inbox.InboxFixture.update;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatWaitsForItsNextAttemptAndWhatWaitsBehindItIsNoBacklogAndHasNoAge() {
    InboxNode node = fixture.node(handled());
    fixture.accept(node, update(1, 1));
    fixture.accept(node, update(1, 2));
    fixture.accept(node, update(2, 1));
    fixture
        .jdbc
        .sql("update inbox.pending set next_attempt_at = now() - interval '1 hour'")
        .update();
    node.backlog.sample();
    assertThat(node.backlog.count()).isEqualTo(3);
    assertThat(node.backlog.oldestSeconds()).isBetween(3_600.0, 3_700.0);
    long first =
        fixture.jdbc.sql("select min(position) from inbox.pending").query(Long.class).single();
    fixture
        .jdbc
        .sql(
            "update inbox.pending set next_attempt_at = now() + interval '1 hour' where position = ?")
        .param(first)
        .update();
    fixture
        .jdbc
        .sql("update inbox.pending set next_attempt_at = now() where position = ?")
        .param(first + 2)
        .update();
    node.backlog.sample();
    assertThat(node.backlog.count()).isEqualTo(1);
    assertThat(node.backlog.oldestSeconds()).isLessThan(60);
  }

  @Test
  void theSpeedIsThatOfAllNodesAndCountsWhatIsClosedNotWhatFails() throws Exception {
    var turns = new Semaphore(0);
    InboxSettings manyAttempts =
        InboxFixture.settings(2048, 100_000, 10_000, Duration.ofSeconds(10));
    InboxNode one =
        fixture.node(
            delivery -> {
              if (new String(delivery.body(), UTF_8).contains("\"workItemId\": 1,")) {
                throw new IllegalStateException("fails");
              }
              turns.acquire();
              return new Outcome.Handled(List.of());
            },
            manyAttempts);
    InboxNode watching = fixture.node(handled());
    for (int item = 1; item <= 40; item++) {
      fixture.accept(one, update(item, 1));
    }
    fixture
        .jdbc
        .sql("update inbox.pending set next_attempt_at = now() - interval '1 hour'")
        .update();
    long before = System.nanoTime();
    watching.backlog.sample();
    long begun = System.nanoTime();
    one.workers.start();
    turns.release(20);
    await(() -> fixture.statuses().stream().filter("handled"::equals).count() == 20);
    await(() -> fixture.statuses().contains("failed"));
    long ending = System.nanoTime();
    watching.backlog.sample();
    long after = System.nanoTime();
    assertThat(watching.backlog.admission().speed())
        .isBetween(20e9 / (after - before), 20e9 / (ending - begun));
    assertThat(watching.inbox.expectedWait())
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
    turns.release(1_000);
    await(() -> fixture.count("pending") == 1);
  }
}
