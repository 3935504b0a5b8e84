package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.await;
import static io.countersign.command.inbox.InboxFixture.handled;
import static io.countersign.command.inbox.InboxFixture.settings;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxCrashTest {

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aDeliveryWhoseNodeDiedBetweenHandlingAndClosingIsHandledAgainByAnother() {
    InboxSettings shortLease = settings(2048, 100_000, 3, Duration.ofMillis(300));
    InboxNode dying = fixture.node(handled(), shortLease);
    fixture.accept(dying, update(1, 1));
    // claims and, as far as anybody can tell, handles; then nothing more is heard of it
    Claims.Taken taken = dying.claims.take(10);
    assertThat(taken.claims()).hasSize(1);
    AtomicInteger calls = new AtomicInteger();
    InboxNode other =
        fixture.node(
            delivery -> {
              calls.incrementAndGet();
              assertThat(delivery.attempt()).isEqualTo(2);
              return new Outcome.Handled(List.of());
            },
            shortLease);
    other.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(calls).hasValue(1);
    assertThat(fixture.statuses()).containsExactly("failed", "handled");
    // the dead one wakes up and wants to close what is no longer its own
    Set<Long> closed =
        dying.completions.write(
            List.of(
                Completion.closed(
                    taken.claims().getFirst(), fixture.clock.instant(), "ignored", "x", "y")));
    assertThat(closed).isEmpty();
    assertThat(fixture.statuses()).containsExactly("failed", "handled");
  }

  @Test
  void aDeliveryThatKillsItsNodeEachTimeEndsInQuarantine() {
    InboxSettings shortLease = settings(2048, 100_000, 3, Duration.ofMillis(100));
    InboxNode node = fixture.node(handled(), shortLease);
    fixture.accept(node, update(1, 1));
    for (int deaths = 0; deaths < 3; deaths++) {
      await(() -> !node.claims.take(1).claims().isEmpty());
      await(() -> node.leases.reclaim() == 1);
    }
    assertThat(fixture.count("pending")).isZero();
    assertThat(fixture.statuses()).containsExactly("failed", "failed", "failed", "quarantined");
  }

  @Test
  void deliveriesThatWereLostTogetherAreNotToBlameAndAreHandledOneByOne() {
    InboxSettings shortLease = settings(2048, 100_000, 3, Duration.ofMillis(100));
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              Thread.yield();
              atOnce.decrementAndGet();
              return new Outcome.Handled(List.of());
            },
            shortLease);
    for (int item = 1; item <= 5; item++) {
      fixture.accept(node, update(item, 1));
    }
    for (int deaths = 0; deaths < Claims.SUSPECT; deaths++) {
      assertThat(node.claims.take(5).claims()).hasSize(5);
      awaitReclaimed(node, 5);
    }
    Claims.Taken taken = node.claims.take(5);
    assertThat(taken.claims()).isEmpty();
    assertThat(taken.suspects()).isTrue();
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).filteredOn("handled"::equals).hasSize(5);
    assertThat(fixture.statuses()).doesNotContain("quarantined");
    assertThat(most).hasValue(1);
  }

  @Test
  void theOneThatKillsItsNodeIsFoundAmongOthers() {
    InboxSettings shortLease = settings(2048, 100_000, 3, Duration.ofMillis(100));
    InboxNode node = fixture.node(handled(), shortLease);
    Receipt killer = fixture.accept(node, update(1, 1));
    fixture.accept(node, update(2, 1));
    for (int deaths = 0; deaths < Claims.SUSPECT; deaths++) {
      assertThat(node.claims.take(5).claims()).hasSize(2);
      awaitReclaimed(node, 2);
    }
    for (int deaths = 0; deaths < 3; deaths++) {
      assertThat(node.claims.takeSuspect().claims()).hasSize(1);
      awaitReclaimed(node, 1);
    }
    assertThat(node.queries.find(killer.deliveryId()).orElseThrow().summary().status())
        .isEqualTo("quarantined");
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).filteredOn("quarantined"::equals).hasSize(1);
    assertThat(fixture.statuses()).filteredOn("handled"::equals).hasSize(1);
  }

  private static void awaitReclaimed(InboxNode node, int leases) {
    AtomicInteger reclaimed = new AtomicInteger();
    await(() -> reclaimed.addAndGet(node.leases.reclaim()) == leases);
  }

  @Test
  void aLongHandlingKeepsItsLaneByRenewing() {
    InboxSettings shortLease = settings(2048, 100_000, 3, Duration.ofMillis(200));
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    DeliveryHandler slow =
        _ -> {
          calls.incrementAndGet();
          release.await();
          return new Outcome.Handled(List.of());
        };
    InboxNode one = fixture.node(slow, shortLease);
    InboxNode two = fixture.node(slow, shortLease);
    fixture.accept(one, update(1, 1));
    one.workers.start();
    two.workers.start();
    await(() -> calls.get() == 1);
    String first = expiry();
    // several lease lengths pass, as seen by the lease itself
    await(() -> !expiry().equals(first));
    String second = expiry();
    await(() -> !expiry().equals(second));
    assertThat(calls).hasValue(1);
    release.countDown();
    await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).containsExactly("handled");
  }

  private String expiry() {
    return fixture
        .jdbc
        .sql("select expires_at::text from inbox.lane_lease")
        .query(String.class)
        .optional()
        .orElse("none");
  }

  @Test
  void stoppingInterruptsWhatDoesNotEndAndGivesItsLaneBackWithoutCountingAnAttempt() {
    CountDownLatch begun = new CountDownLatch(1);
    InboxSettings impatient =
        new InboxSettings(
            64,
            64,
            1 << 20,
            100,
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            4,
            3,
            Duration.ofMinutes(2),
            Duration.ofMillis(10),
            Duration.ofMillis(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            30);
    InboxNode node =
        fixture.node(
            _ -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return new Outcome.Handled(List.of());
            },
            impatient);
    fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> begun.getCount() == 0);
    node.workers.stop();
    assertThat(fixture.count("lane_lease")).isZero();
    assertThat(fixture.count("pending")).isOne();
    assertThat(fixture.statuses()).isEmpty();
    InboxNode next = fixture.node(handled());
    next.workers.start();
    await(() -> fixture.statuses().equals(List.of("handled")));
  }

  @Test
  void lostConnectionsWhileHandlingDoNotMakeItHappenTwice() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              calls.incrementAndGet();
              begun.countDown();
              release.await();
              return new Outcome.Handled(List.of());
            });
    fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> begun.getCount() == 0);
    fixture
        .jdbc
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()")
        .query((_, _) -> true)
        .list();
    release.countDown();
    await(() -> fixture.statuses().equals(List.of("handled")));
    assertThat(calls).hasValue(1);
    await(() -> node.inbox.accept(InboxFixture.incoming(update(1, 2))) instanceof Accepted);
  }

  @Test
  void anAttemptThatHangsIsInterruptedAndTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              if (calls.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
              }
              return new Outcome.Handled(List.of());
            },
            settings(64, 100, 3, Duration.ofMillis(200), Duration.ofMillis(400)));
    fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).containsExactly("failed", "handled");
    assertThat(
            fixture
                .jdbc
                .sql("select code from inbox.outcome order by id limit 1")
                .query(String.class)
                .single())
        .isEqualTo("java.lang.InterruptedException");
  }
}
