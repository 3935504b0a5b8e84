package io.countersign.audit.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.verify.LogVerification;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SequencerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final StockStore store = new StockStore();
  private final WrittenLog log = new WrittenLog();

  @BeforeEach
  void migrate() {
    SequenceConfiguration.SCHEMA.migrate(log.dataSource());
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
  }

  @Test
  void eventsBecomeEntriesWithTheBytesTheyAreStoredWith() throws Exception {
    store.write(1, 0, NOW);
    store.write(1, 1, NOW.plusSeconds(1));
    readAll(sequencer());
    StoredEntry second = entries().getLast();
    assertThat(second.aggregateId()).isEqualTo(workItem(1));
    assertThat(second.sequence()).isEqualTo(1);
    assertThat(second.name()).isEqualTo("workitem.GapDetected");
    assertThat(second.actor()).isEqualTo("source:azure-devops");
    assertThat(second.occurredAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(second.payload())
        .isEqualTo(
            store
                .jdbc()
                .sql("select payload from domainevententry order by globalindex desc limit 1")
                .query(byte[].class)
                .single());
    everythingIsThereOnceAndInOrder();
  }

  @Test
  void aTransactionThatCommitsLateLosesNothingAndKeepsItsPlace() throws Exception {
    Sequencer sequencer = sequencer();
    store.write(1, 0, NOW);
    StockStore.Writer late = store.begin().write(2, 0, NOW);
    store.write(3, 0, NOW);
    readAll(sequencer);
    assertThat(aggregates()).containsExactly(workItem(1));
    late.commit();
    readAll(sequencer);
    assertThat(aggregates()).containsExactly(workItem(1), workItem(2), workItem(3));
    everythingIsThereOnceAndInOrder();
  }

  /** What a reader that goes on from the last global index would have lost. */
  @Test
  void theLateOneHasAnIndexBelowOneThatWasVisibleBefore() {
    StockStore.Writer late = store.begin().write(2, 0, NOW);
    store.write(3, 0, NOW);
    long seen = highestIndex();
    late.commit();
    assertThat(
            store
                .jdbc()
                .sql("select globalindex from domainevententry where aggregateidentifier = ?")
                .param(workItem(2))
                .query(Long.class)
                .single())
        .isLessThan(seen);
  }

  @Test
  void whoWasRolledBackLeavesNoGap() throws Exception {
    store.begin().write(1, 0, NOW).rollback();
    store.write(2, 0, NOW);
    readAll(sequencer());
    assertThat(aggregates()).containsExactly(workItem(2));
    everythingIsThereOnceAndInOrder();
  }

  @Test
  void clocksThatDifferAndHistoricTimesChangeNothing() throws Exception {
    store.write(1, 0, NOW);
    StockStore.Writer behind = store.begin().write(2, 0, NOW.minusSeconds(120));
    StockStore.Writer historic = store.begin().write(3, 0, NOW.minus(Duration.ofDays(365)));
    Sequencer sequencer = sequencer();
    readAll(sequencer);
    historic.commit();
    store.write(1, 1, NOW.plusSeconds(3600));
    readAll(sequencer);
    behind.commit();
    readAll(sequencer);
    assertThat(entries()).hasSize(4);
    everythingIsThereOnceAndInOrder();
  }

  /** A transaction that began early may write after another one that began later. */
  @Test
  void anEventThatComesBeforeItsPredecessorWaitsForIt() throws Exception {
    StockStore.Writer early = store.begin().takeId();
    StockStore.Writer older = store.begin().takeId();
    store.write(1, 0, NOW);
    early.write(1, 1, NOW).commit();
    Sequencer sequencer = sequencer();
    readAll(sequencer); // sees the event of the early one, and not yet that of the later one
    assertThat(sequencer.held()).isEqualTo(1);
    assertThat(entries()).isEmpty();
    readAll(sequencer());
    older.rollback();
    readAll(sequencer);
    assertThat(sequencer.held()).isZero();
    everythingIsThereOnceAndInOrder();
    readAll(sequencer());
    everythingIsThereOnceAndInOrder();
  }

  @Test
  void whoDiedBetweenEntryAndPositionGoesOnWithoutADouble() throws Exception {
    for (int i = 1; i <= 3; i++) {
      store.write(i, 0, NOW);
    }
    var dying =
        new Sequencer(
            new JdbcEventSource(store.dataSource()),
            log.dataSource(),
            entries -> {
              log.append(entries);
              throw new IllegalStateException("died");
            },
            KeyIds.NONE);
    assertThatThrownBy(dying::sequence).hasMessage("died");
    assertThat(entries()).hasSize(3);
    store.write(1, 1, NOW);
    readAll(sequencer());
    everythingIsThereOnceAndInOrder();
  }

  @Test
  void aPositionOfAnotherIncarnationMeansTheBeginning() throws Exception {
    store.write(1, 0, NOW);
    readAll(sequencer());
    tamperWithPosition("'1.00000001:' || '18446744073709551615:7'");
    store.write(2, 0, NOW);
    readAll(sequencer());
    everythingIsThereOnceAndInOrder();
  }

  @Test
  void whatWasPassedOverIsFoundAndGetsItsPlace() throws Exception {
    store.write(1, 0, NOW);
    store.write(2, 0, NOW);
    Sequencer ahead = sequencer();
    readAll(ahead);
    assertThat(ahead.reconcile()).isZero();
    store.write(3, 0, NOW);
    store.write(4, 0, NOW);
    readAll(new Sequencer(source(), log.dataSource(), this::leavesOut3, KeyIds.NONE));
    Sequencer sequencer = sequencer();
    assertThat(sequencer.reconcile()).isEqualTo(1);
    readAll(sequencer);
    assertThat(sequencer.reconcile()).isZero();
    everythingIsThereOnceAndInOrder();
  }

  private void leavesOut3(List<NewEntry> entries) {
    log.append(entries.stream().filter(entry -> !entry.aggregateId().equals(workItem(3))).toList());
  }

  @Test
  void anEventThatCannotBeAnEntryStopsItAndIsNamedAndThoseBeforeItAreThere() throws Exception {
    store.write(1, 0, NOW);
    store.write(2, 0, NOW);
    store
        .jdbc()
        .sql("update domainevententry set type = repeat('x', 250), payloadtype = repeat('ä', 200)")
        .update();
    store.jdbc().sql("alter table domainevententry alter payloadtype type text").update();
    store
        .jdbc()
        .sql("update domainevententry set payloadtype = repeat('x', 1025) where globalindex = 2")
        .update();
    Sequencer sequencer = sequencer();
    assertThatThrownBy(() -> readAll(sequencer))
        .isInstanceOf(SequencingHaltedException.class)
        .hasMessageContaining("cannot become an entry");
    assertThat(aggregates()).containsExactly(workItem(1));
  }

  @Test
  void eventsThatWereThereBeforeItWasPreparedComeFirst() throws Exception {
    store.jdbc().sql("drop index domainevententry_tx").update();
    store.jdbc().sql("alter table domainevententry drop column tx").update();
    store.write(1, 0, NOW);
    store.write(2, 0, NOW);
    store.write(1, 1, NOW);
    Sequencer sequencer = sequencer();
    store.write(3, 0, NOW);
    readAll(sequencer);
    assertThat(aggregates()).containsExactly(workItem(1), workItem(2), workItem(1), workItem(3));
  }

  @Test
  void aTableThatSomebodyWritesToIsNotPreparedRatherThanHoldingAllUp() {
    store.jdbc().sql("drop index domainevententry_tx").update();
    StockStore.Writer writing = store.begin().write(1, 0, NOW);
    assertThatThrownBy(this::sequencer).hasMessageContaining("55P03");
    writing.commit();
    assertThat(sequencer().held()).isZero();
  }

  @Test
  void manyWritersWithOpenAndBrokenTransactionsLoseNothing() throws Exception {
    int writers = 32;
    int each = 12;
    var running = new AtomicInteger(writers);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w + 1;
        all.add(
            threads.submit(
                () -> {
                  try {
                    writeSome(writer, each);
                  } finally {
                    running.decrementAndGet();
                  }
                }));
      }
      Sequencer sequencer = sequencer();
      while (running.get() > 0) {
        sequencer.sequence();
      }
      for (Future<?> one : all) {
        one.get();
      }
      readAll(sequencer);
      assertThat(sequencer.held()).isZero();
      assertThat(sequencer.reconcile()).isZero();
    }
    assertThat(entries()).hasSize(writers * each);
    everythingIsThereOnceAndInOrder();
  }

  private void writeSome(int writer, int count) {
    var random = new Random(writer);
    for (int i = 0; i < count; i++) {
      Instant at = NOW.minusSeconds(random.nextInt(4) == 0 ? 31_536_000 : random.nextInt(200));
      if (random.nextInt(5) == 0) {
        store.begin().write(writer, i, at).rollback();
      }
      StockStore.Writer open = random.nextInt(3) == 0 ? store.begin().takeId() : store.begin();
      if (random.nextInt(3) == 0) {
        Thread.yield();
      }
      open.write(writer, i, at).commit();
    }
  }

  private static String workItem(int number) {
    return new WorkItemId(new OrganizationId("fabrikam"), number).toString();
  }

  private EventSource source() {
    return new JdbcEventSource(store.dataSource());
  }

  private Sequencer sequencer() {
    return new Sequencer(source(), log.dataSource(), log::append, KeyIds.NONE);
  }

  private static void readAll(Sequencer sequencer) throws SequencingHaltedException {
    while (sequencer.sequence()) {
      // a page at a time
    }
    sequencer.sequence();
  }

  private void tamperWithPosition(String expression) {
    log.tamper("update sequencer.position set position = " + expression);
  }

  private long highestIndex() {
    return store
        .jdbc()
        .sql("select max(globalindex) from domainevententry")
        .query(Long.class)
        .single();
  }

  private List<StoredEntry> entries() {
    return log.reader().page(0, 10_000, LogReader.Filter.ALL);
  }

  private List<String> aggregates() {
    return entries().stream().map(StoredEntry::aggregateId).toList();
  }

  /** Looked at from outside: every event of the store is an entry, once, and the log is whole. */
  private void everythingIsThereOnceAndInOrder() {
    Set<String> ids = new HashSet<>();
    entries().forEach(entry -> assertThat(ids.add(entry.eventId())).isTrue());
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            store
                .jdbc()
                .sql("select eventidentifier from domainevententry")
                .query(String.class)
                .list());
    assertThat(LogVerification.run(log.reader(), (_, _) -> {}).findings()).isEmpty();
  }
}
