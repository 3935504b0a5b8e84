package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.await;
import static io.countersign.command.inbox.InboxFixture.handled;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxWorkersTest {

  private static final Pattern WORK_ITEM =
      Pattern.compile("\"workItemId\": (\\d+), \"rev\": (\\d+)");

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static int[] itemAndRev(Delivery delivery) {
    Matcher matcher = WORK_ITEM.matcher(new String(delivery.body(), StandardCharsets.UTF_8));
    assertThat(matcher.find()).isTrue();
    return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
  }

  @Test
  void twoNodesNeverHandleOneLaneAtOnceAndKeepItsOrderAndCloseEachDeliveryOnce() {
    Map<Integer, AtomicInteger> inside = new ConcurrentHashMap<>();
    Map<Integer, ConcurrentLinkedQueue<Integer>> order = new ConcurrentHashMap<>();
    Set<String> violations = ConcurrentHashMap.newKeySet();
    DeliveryHandler handler =
        delivery -> {
          int[] it = itemAndRev(delivery);
          AtomicInteger here = inside.computeIfAbsent(it[0], _ -> new AtomicInteger());
          if (here.incrementAndGet() > 1) {
            violations.add("two at once in item " + it[0]);
          }
          Thread.sleep(1);
          order.computeIfAbsent(it[0], _ -> new ConcurrentLinkedQueue<>()).add(it[1]);
          here.decrementAndGet();
          return new Outcome.Handled(List.of("workitem-" + it[0]));
        };
    InboxNode one = fixture.node(handler);
    InboxNode two = fixture.node(handler);
    for (int rev = 0; rev < 30; rev++) {
      for (int item = 1; item <= 10; item++) {
        fixture.accept(one, update(item, rev));
      }
      if (rev == 5) {
        one.workers.start();
        two.workers.start();
      }
    }
    await(() -> fixture.count("pending") == 0);
    assertThat(violations).isEmpty();
    assertThat(order.values())
        .hasSize(10)
        .allSatisfy(
            revs -> {
              assertThat(List.copyOf(revs)).hasSize(30).isSorted();
            });
    await(() -> fixture.count("lane_lease") == 0);
    assertThat(fixture.statuses()).hasSize(300).containsOnly("handled");
    assertThat(
            fixture
                .jdbc
                .sql("select count(distinct position) from inbox.outcome")
                .query(Long.class)
                .single())
        .isEqualTo(300);
    assertThat(one.queries.list("handled", Long.MAX_VALUE, 1).getFirst().attempts()).isOne();
  }

  @Test
  void aFailingDeliveryIsRetriedThenQuarantinedAndItsLaneWaitsWhileOthersPass() {
    ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    DeliveryHandler handler =
        delivery -> {
          int[] it = itemAndRev(delivery);
          calls.add(it[0] + "/" + it[1] + "#" + delivery.attempt());
          if (it[0] == 1 && it[1] == 1) {
            throw new IllegalStateException("secret words of somebody");
          }
          return new Outcome.Handled(List.of());
        };
    InboxNode node = fixture.node(handler);
    Receipt failing = fixture.accept(node, update(1, 1));
    fixture.accept(node, update(1, 2));
    fixture.accept(node, update(2, 1));
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(calls.stream().filter(call -> call.startsWith("1/")))
        .containsExactly("1/1#1", "1/1#2", "1/1#3", "1/2#1");
    assertThat(calls).contains("2/1#1");
    DeliveryView.Summary summary = node.queries.find(failing.deliveryId()).orElseThrow().summary();
    assertThat(summary.status()).isEqualTo("quarantined");
    assertThat(summary.code()).isEqualTo("attempts-exhausted");
    assertThat(summary.detail()).isEqualTo("java.lang.IllegalStateException");
    assertThat(node.queries.history(summary.position()))
        .extracting(DeliveryView.Step::status)
        .containsExactly("failed", "failed", "quarantined");
    assertThat(
            fixture
                .jdbc
                .sql("select count(*) from inbox.outcome where detail like '%secret%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void anErrorInTheHandlerIsAFailedAttemptToo() {
    AtomicInteger attempts = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              if (attempts.incrementAndGet() < 3) {
                throw new StackOverflowError();
              }
              return new Outcome.Ignored("test-delivery", "sent by the test button");
            });
    fixture.accept(node, update(1, 1));
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).containsExactly("failed", "failed", "ignored");
  }

  @Test
  void scansStartBehindFinishedRowsThatALongSnapshotKeepsAlive() throws Exception {
    InboxNode node = fixture.node(handled());
    try (var backup = fixture.address.connect("backup")) {
      backup.setAutoCommit(false);
      backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      backup.createStatement().executeQuery("select count(*) from inbox.pending").close();
      fixture
          .jdbc
          .sql(
              """
              insert into inbox.pending (position, lane, received_at)
              select n, 'lane ' || n, now() from generate_series(-20000, -1) n
              """)
          .update();
      fixture.jdbc.sql("delete from inbox.pending where position < 0").update();
      fixture.accept(node, update(1, 1));
      assertThat(node.claims.take(1).claims()).hasSize(1);
      assertThat(blocksRead(node.claims.floor())).isLessThan(10);
      assertThat(blocksRead(-20_000)).isGreaterThan(50);
      backup.rollback();
    }
  }

  private long blocksRead(long from) {
    String plan =
        fixture
            .jdbc
            .sql(
                "explain (analyze, buffers, format json) select * from inbox.pending where position >= "
                    + from
                    + " order by position limit 256")
            .query(String.class)
            .single();
    Matcher blocks = Pattern.compile("\"Shared Hit Blocks\": (\\d+)").matcher(plan);
    assertThat(blocks.find()).isTrue();
    return Long.parseLong(blocks.group(1));
  }

  @Test
  void theSameDeliveryOnALaterDayIsRecognisedWithTheEarlierDaysKey() {
    InboxNode node = fixture.node(handled());
    Receipt first = fixture.accept(node, update(1, 1));
    fixture.clock.set("2026-11-21T00:00:01Z");
    Receipt second = fixture.accept(node, update(1, 1));
    Receipt other = fixture.accept(node, update(1, 1) + " ");
    assertThat(second.duplicate()).isFalse();
    node.workers.start();
    await(() -> fixture.count("pending") == 0);
    DeliveryView.Summary summary = node.queries.find(second.deliveryId()).orElseThrow().summary();
    assertThat(summary.status()).isEqualTo("duplicate");
    assertThat(summary.detail()).contains(first.deliveryId().toString());
    assertThat(node.queries.find(other.deliveryId()).orElseThrow().summary().status())
        .isEqualTo("handled");
  }
}
