package io.countersign.eventlog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedWriteTest {

  private final List<List<Integer>> transactions = new CopyOnWriteArrayList<>();
  private final Map<Integer, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void whoComesWhileATransactionRunsSharesTheNextOneAndGetsTheirOwnAnswer() throws Exception {
    run(new SharedWrite<>(100, this::doubled), 20);
    assertThat(transactions).hasSize(2);
    assertThat(transactions.getFirst()).containsExactly(0);
    assertThat(transactions.getLast()).hasSize(20);
    Map<Integer, String> expected = new TreeMap<>();
    for (int i = 0; i <= 20; i++) {
      expected.put(i, String.valueOf(2 * i));
    }
    assertThat(answers).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void aTransactionTakesNoMoreThanItMay() throws Exception {
    run(new SharedWrite<>(8, this::doubled), 20);
    assertThat(transactions).hasSize(4);
    assertThat(transactions.stream().mapToInt(List::size)).containsExactlyInAnyOrder(1, 8, 8, 4);
    assertThat(answers).hasSize(21).containsEntry(20, "40");
  }

  @Test
  void dataTheServerRefusesFailsForWhoBroughtItOnly() throws Exception {
    run(new SharedWrite<>(100, requests -> refusing(requests, 3, "23514")), 5);
    assertThat(answers).containsEntry(3, "23514").containsEntry(2, "4").containsEntry(5, "10");
    assertThat(transactions).contains(List.of(3), List.of(5));
  }

  @Test
  void aServerInTroubleIsNotAskedAgainForEach() throws Exception {
    run(new SharedWrite<>(100, requests -> refusing(requests, 3, "08006")), 5);
    assertThat(answers).containsEntry(0, "0");
    assertThat(answers.values().stream().filter("08006"::equals)).hasSize(5);
    assertThat(transactions).hasSize(2);
  }

  @Test
  void whenTheOneThatRunsItIsInterruptedTheOthersWriteAlone() throws Exception {
    var interrupted = new AtomicReference<Thread>();
    run(
        new SharedWrite<>(
            100,
            requests -> {
              List<String> done = doubled(requests);
              if (requests.size() > 1) {
                Thread.currentThread().interrupt();
                interrupted.set(Thread.currentThread());
              }
              if (Thread.currentThread() == interrupted.get()) {
                throw new SQLException("interrupted", "08006");
              }
              return done;
            }),
        5);
    assertThat(answers.values().stream().filter("08006"::equals)).hasSize(1);
    assertThat(answers).hasSize(6);
  }

  @Test
  void aFailureOfTheWorkItselfIsThrownAndTheNextIsTriedAnew() throws SQLException {
    var broken =
        new SharedWrite<Integer, String>(
            100,
            requests -> {
              if (requests.contains(1)) {
                throw new IllegalStateException("away");
              }
              return doubled(requests);
            });
    assertThatThrownBy(() -> broken.write(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("away");
    assertThat(broken.write(2)).isEqualTo("4");
  }

  private List<String> doubled(List<Integer> requests) {
    transactions.add(List.copyOf(requests));
    if (requests.contains(0)) {
      began.countDown();
      awaitGo();
    }
    return requests.stream().map(one -> String.valueOf(2 * one)).toList();
  }

  private List<String> refusing(List<Integer> requests, int bad, String state) throws SQLException {
    List<String> done = doubled(requests);
    if (requests.contains(bad)) {
      throw new SQLException("no", state);
    }
    return done;
  }

  /** Request 0, and while its transaction runs, the others. */
  private void run(SharedWrite<Integer, String> shared, int others) throws InterruptedException {
    Thread first = Thread.ofPlatform().start(() -> ask(shared, 0));
    began.await();
    List<Thread> later = new ArrayList<>();
    for (int i = 1; i <= others; i++) {
      int request = i;
      later.add(Thread.ofPlatform().start(() -> ask(shared, request)));
    }
    while (!later.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    go.countDown();
    first.join();
    for (Thread one : later) {
      one.join();
    }
  }

  private void awaitGo() {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(SharedWrite<Integer, String> shared, int request) {
    try {
      answers.put(request, shared.write(request));
    } catch (SQLException e) {
      answers.put(request, e.getSQLState());
    }
  }
}
