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
    InboxNode one =
        fixture.node(
            delivery -> {
              turns.acquire();
              if (new String(delivery.body(), UTF_8).contains("\"workItemId\": 1,")) {
                throw new IllegalStateException("fails");
              }
              return new Outcome.Handled(List.of());
            });
    InboxNode watching = fixture.node(handled());
    for (int item = 1; item <= 40; item++) {
      fixture.accept(one, update(item, 1));
    }
    fixture
        .jdbc
        .sql("update inbox.pending set next_attempt_at = now() - interval '1 hour'")
        .update();
    watching.backlog.sample();
    long before = System.nanoTime();
    one.workers.start();
    turns.release(21);
    await(() -> fixture.statuses().size() == 21);
    watching.backlog.sample();
    double seconds = (System.nanoTime() - before) / 1e9;
    double speed = watching.backlog.admission().speed();
    assertThat(speed * seconds).isBetween(20.0, 20.5);
    assertThat(watching.inbox.expectedWait())
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
    turns.release(1_000);
    await(() -> fixture.count("pending") == 0);
  }
}
