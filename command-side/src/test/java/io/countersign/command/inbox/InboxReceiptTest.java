package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.incoming;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.Acceptance.Accepted;
import io.countersign.command.inbox.Acceptance.Refused;
import io.countersign.command.inbox.ContentStore.Opened;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxReceiptTest {

  private final InboxFixture fixture = new InboxFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aReceiptNamesADurableDeliveryAndTheDigestOfItsStoredBytes() {
    InboxNode node = fixture.node(InboxFixture.handled());
    Receipt receipt = fixture.accept(node, update(30, 1));
    byte[] sealed =
        fixture
            .jdbc
            .sql("select sealed from inbox.body where delivery_id = :id")
            .param("id", receipt.deliveryId())
            .query(byte[].class)
            .single();
    assertThat(receipt.duplicate()).isFalse();
    assertThat(receipt.digest()).isEqualTo(Digests.text(Digests.sha256(sealed)));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("workItemId");
    assertThat(fixture.count("pending")).isOne();
  }

  @Test
  void theSameDeliveryAgainIsAnsweredWithTheFirstReceiptAndStoredOnce() {
    InboxNode node = fixture.node(InboxFixture.handled());
    Receipt first = fixture.accept(node, update(30, 1));
    Receipt again = fixture.accept(node, update(30, 1));
    assertThat(again).isEqualTo(new Receipt(first.deliveryId(), first.digest(), true));
    assertThat(fixture.count("delivery")).isOne();
    assertThat(fixture.count("body")).isOne();
    assertThat(fixture.meters.counter("countersign.inbox.duplicates").count()).isOne();
  }

  @Test
  void deliveriesThatShareAllIdsButNotTheBodyAreDifferent() {
    InboxNode node = fixture.node(InboxFixture.handled());
    Receipt first = fixture.accept(node, update(30, 1));
    Receipt other = fixture.accept(node, update(30, 1) + " ");
    assertThat(other.duplicate()).isFalse();
    assertThat(other.deliveryId()).isNotEqualTo(first.deliveryId());
  }

  @Test
  void manyAtOnceOnTwoNodesAreStoredOnceEachInFewCommits() throws Exception {
    InboxNode one = fixture.node(InboxFixture.handled());
    InboxNode two = fixture.node(InboxFixture.handled());
    List<Callable<Receipt>> calls =
        IntStream.range(0, 400)
            .<Callable<Receipt>>mapToObj(
                i -> () -> fixture.accept(i % 2 == 0 ? one : two, update(i % 7, i / 2)))
            .toList();
    Set<Object> ids = new HashSet<>();
    int duplicates = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Receipt> receipt : threads.invokeAll(calls)) {
        ids.add(receipt.get().deliveryId());
        duplicates += receipt.get().duplicate() ? 1 : 0;
      }
    }
    assertThat(fixture.count("delivery")).isEqualTo(ids.size());
    assertThat(ids.size() + duplicates).isEqualTo(400);
    assertThat(fixture.count("pending")).isEqualTo(ids.size());
    assertThat(fixture.meters.get("countersign.inbox.commit").timer().count()).isLessThan(200);
  }

  @Test
  void anOversizedDeliveryGoesStraightToQuarantineWithItsSize() {
    InboxNode node = fixture.node(InboxFixture.handled());
    byte[] beginning = update(30, 1).getBytes(StandardCharsets.UTF_8);
    var incoming = new Incoming(Map.of(), beginning, 3_000_000, new byte[32], true);
    Receipt receipt = ((Accepted) node.inbox.accept(incoming)).receipt();
    DeliveryView.Summary summary = node.queries.find(receipt.deliveryId()).orElseThrow().summary();
    assertThat(summary.status()).isEqualTo("quarantined");
    assertThat(summary.code()).isEqualTo("oversized");
    assertThat(summary.size()).isEqualTo(3_000_000);
    assertThat(summary.notificationId()).isOne();
    assertThat(fixture.count("pending")).isZero();
  }

  @Test
  void aFullBacklogRefusesAndWhatWasAcceptedIsStillThere() {
    InboxNode node =
        fixture.node(
            InboxFixture.handled(), InboxFixture.settings(2048, 5, 3, Duration.ofSeconds(10)));
    for (int i = 0; i < 5; i++) {
      fixture.accept(node, update(1, i));
    }
    assertThat(node.inbox.accept(incoming(update(1, 6))))
        .isEqualTo(new Refused("backlog", Duration.ofSeconds(5)));
    assertThat(fixture.count("delivery")).isEqualTo(5);
    node.workers.start();
    InboxFixture.await(() -> node.inbox.accept(incoming(update(1, 6))) instanceof Accepted);
    InboxFixture.await(() -> fixture.statuses().size() == 6);
    assertThat(fixture.statuses()).containsOnly("handled");
  }

  @Test
  void aStoppedWriterRefusesAndAnUnreachableDatabaseRefuses() {
    InboxNode node = fixture.node(InboxFixture.handled());
    node.writer.stop(Duration.ofSeconds(1));
    assertThat(node.inbox.accept(incoming(update(1, 1)))).isInstanceOf(Refused.class);
    node.writer.start();
    assertThat(node.inbox.accept(incoming(update(1, 1)))).isInstanceOf(Accepted.class);
    fixture.pool.close();
    assertThat(node.inbox.accept(incoming(update(1, 2))))
        .isEqualTo(new Refused("not-stored", Duration.ofSeconds(5)));
  }

  @Test
  void whatIsQueuedWhenTheWriterStopsIsStoredOrRefusedNeverForgotten() throws Exception {
    InboxNode node = fixture.node(InboxFixture.handled());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Acceptance>> answers =
          IntStream.range(0, 300)
              .mapToObj(i -> threads.submit(() -> node.inbox.accept(incoming(update(i, i)))))
              .toList();
      node.writer.stop(Duration.ofSeconds(10));
      long accepted = 0;
      for (Future<Acceptance> answer : answers) {
        accepted += answer.get() instanceof Accepted ? 1 : 0;
      }
      assertThat(fixture.count("delivery")).isEqualTo(accepted);
    }
  }

  @Test
  void aDeliveryTheDatabaseRefusesFailsAloneAndItsNeighboursPass() throws Exception {
    InboxNode node = fixture.node(InboxFixture.handled());
    fixture
        .jdbc
        .sql("alter table inbox.delivery add constraint poison check (notification_id <> 13)")
        .update();
    List<Callable<Acceptance>> calls =
        IntStream.range(0, 60)
            .<Callable<Acceptance>>mapToObj(i -> () -> node.inbox.accept(incoming(update(1, i))))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Acceptance>> answers = threads.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isInstanceOf(i == 13 ? Refused.class : Accepted.class);
      }
    }
    assertThat(fixture.count("delivery")).isEqualTo(59);
    assertThat(fixture.meters.get("countersign.inbox.commit").timer().count()).isLessThan(59 + 20);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsRefusedAndTheRepeatedDeliveryIsRecognised() {
    AtomicBoolean cut = new AtomicBoolean(true);
    InboxNode node = fixture.node(fixture.losingCommitAnswers(cut), InboxFixture.handled());
    assertThat(node.inbox.accept(incoming(update(1, 1)))).isInstanceOf(Refused.class);
    cut.set(false);
    assertThat(fixture.accept(node, update(1, 1)).duplicate()).isTrue();
    assertThat(fixture.count("delivery")).isOne();
    assertThat(fixture.count("pending")).isOne();
  }

  @Test
  void contentThatWasAlteredInTheDatabaseIsNotOpened() {
    InboxNode node = fixture.node(InboxFixture.handled());
    fixture.accept(node, update(30, 1));
    fixture
        .jdbc
        .sql(
            "update inbox.body set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256)")
        .update();
    long position =
        fixture.jdbc.sql("select position from inbox.delivery").query(Long.class).single();
    assertThat(node.contents.open(position)).isEqualTo(new Opened.Unreadable("content-altered"));
  }

  @Test
  void whileTheLogIsHaltedNothingIsTakenInAndNothingHandled() {
    var halted = new AtomicBoolean();
    var handled = new AtomicInteger();
    InboxNode node =
        fixture.node(
            _ -> {
              handled.incrementAndGet();
              return new Outcome.Handled(List.of());
            });
    var asked = new AtomicInteger();
    node.backlog.refuseWhile(
        () -> {
          asked.incrementAndGet();
          return halted.get();
        });
    fixture.accept(node, update(1, 1));
    halted.set(true);
    assertThat(node.inbox.admission())
        .isEqualTo(new Refused("log-halted", InboxFixture.quick().retryAfter()));
    assertThat(node.inbox.accept(incoming(update(2, 1)))).isInstanceOf(Refused.class);
    assertThat(fixture.count("delivery")).isOne();
    node.workers.start();
    int before = asked.get();
    InboxFixture.await(() -> asked.get() > before + 2);
    assertThat(handled).hasValue(0);
    halted.set(false);
    InboxFixture.await(() -> handled.get() == 1);
  }
}
