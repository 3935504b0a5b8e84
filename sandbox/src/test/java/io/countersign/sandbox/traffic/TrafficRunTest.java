package io.countersign.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficRunTest {

  private static final int COUNT = 120;

  @TempDir private Path directory;
  private Path ledger;

  @BeforeEach
  void name() {
    ledger = directory.resolve("ledger.jsonl");
  }

  private static TrafficPlan plan(long seed) {
    return new TrafficPlan(seed, 7, 4, 0, Duration.ofMinutes(1), TrafficMix.realistic())
        .atMost(COUNT)
        .spedUp(1_000);
  }

  /** Nothing twice, so that attempts can be counted by body. */
  private static TrafficPlan once() {
    var mix = new TrafficMix(0, 0.05, 0.05, 0.05, 0.5, 0.5, 0.5);
    return new TrafficPlan(1, 7, 4, 0, Duration.ofMinutes(1), mix).atMost(COUNT).spedUp(1_000);
  }

  private TrafficSummary run(TrafficPlan plan, Receiver... receivers) throws Exception {
    var servers = List.of(receivers).stream().map(Receiver::url).toList();
    try (TrafficRun run = TrafficRun.start(plan, servers, "secret", ledger)) {
      return run.await();
    }
  }

  @Test
  void everyNotificationIsInTheLedgerWithItsReceipt() throws Exception {
    try (var receiver = new Receiver((_, _) -> 202)) {
      TrafficSummary summary = run(plan(1), receiver);

      assertThat(summary.sent()).isEqualTo(COUNT);
      assertThat(summary.acknowledged()).isEqualTo(COUNT);
      assertThat(summary.answerTime().count()).isEqualTo(COUNT);
      assertThat(receiver.bodies()).hasSize(COUNT);
    }
    List<Noted> noted = LedgerReader.read(List.of(ledger)).noted();
    assertThat(noted).hasSize(COUNT);
    assertThat(noted)
        .allSatisfy(
            one -> {
              assertThat(one.outcome()).isEqualTo(Noted.Outcome.ACKNOWLEDGED);
              assertThat(one.delivery()).hasSize(36);
              assertThat(one.attempts()).isEqualTo(1);
            });
  }

  @Test
  void sameSeedSendsTheSameNotificationsWithAnyNumberOfSenders() throws Exception {
    Set<String> first;
    try (var receiver = new Receiver((_, _) -> 202)) {
      run(plan(3), receiver);
      first = new HashSet<>(receiver.bodies());
    }
    try (var receiver = new Receiver((_, _) -> 202)) {
      TrafficPlan same = plan(3);
      run(new TrafficPlan(3, 7, 1, 0, Duration.ofMinutes(1), same.mix()).atMost(COUNT), receiver);
      assertThat(new HashSet<>(receiver.bodies())).isEqualTo(first);
    }
  }

  @Test
  void overloadIsTriedAgainUntilItIsTaken() throws Exception {
    try (var receiver = new Receiver((_, attempt) -> attempt < 3 ? 503 : 202)) {
      TrafficSummary summary = run(once(), receiver);

      assertThat(summary.acknowledged()).isEqualTo(COUNT);
      assertThat(summary.retries()).isEqualTo(2L * COUNT);
      assertThat(summary.unavailable()).isEqualTo(2L * COUNT);
      assertThat(summary.wouldBeProbation()).isEmpty();
    }
    assertThat(LedgerReader.read(List.of(ledger)).noted())
        .allSatisfy(one -> assertThat(one.attempts()).isEqualTo(3));
  }

  @Test
  void noAnswerIsTriedAgainAndRecognizedByTheReceipt() throws Exception {
    try (var receiver = new Receiver((_, attempt) -> attempt == 1 ? Receiver.CUT : 202)) {
      TrafficSummary summary = run(once(), receiver);

      assertThat(summary.acknowledged()).isEqualTo(COUNT);
      assertThat(summary.noAnswer()).isGreaterThanOrEqualTo(COUNT);
    }
  }

  @Test
  void afterEightRetriesItIsGivenUp() throws Exception {
    try (var receiver = new Receiver((_, _) -> 503)) {
      TrafficSummary summary = run(plan(1).atMost(5).spedUp(10_000), receiver);

      assertThat(summary.acknowledged()).isZero();
      assertThat(summary.givenUp()).isEqualTo(5);
      assertThat(summary.retries()).isEqualTo(40);
    }
    assertThat(LedgerReader.read(List.of(ledger)).noted())
        .allSatisfy(one -> assertThat(one.outcome()).isEqualTo(Noted.Outcome.GIVEN_UP));
  }

  @Test
  void anErrorThatEnduresIsAFindingAndNotTriedAgain() throws Exception {
    for (int status : new int[] {400, 401, 404, 410, 413, 429, 500, 302}) {
      Files.deleteIfExists(ledger);
      try (var receiver = new Receiver((_, _) -> status)) {
        TrafficSummary summary = run(plan(1).atMost(3), receiver);

        assertThat(summary.retries()).isZero();
        assertThat(summary.wouldBeProbation())
            .as("answered " + status)
            .hasSize(3)
            .allSatisfy(
                finding -> assertThat(finding.code()).isEqualTo(Finding.Code.WOULD_BE_PROBATION));
      }
      assertThat(LedgerReader.read(List.of(ledger)).noted())
          .allSatisfy(one -> assertThat(one.outcome()).isEqualTo(Noted.Outcome.REFUSED));
    }
  }

  @Test
  void serversAreTakenInTurn() throws Exception {
    try (var one = new Receiver((_, _) -> 202);
        var other = new Receiver((_, _) -> 202)) {
      run(plan(1), one, other);

      assertThat(one.bodies()).hasSize(COUNT / 2);
      assertThat(other.bodies()).hasSize(COUNT / 2);
    }
  }

  @Test
  void aServerThatIsGoneCostsARetryWithTheOther() throws Exception {
    var gone = new Receiver((_, _) -> 202);
    gone.close();
    try (var there = new Receiver((_, _) -> 202)) {
      TrafficSummary summary = run(plan(1), gone, there);

      assertThat(summary.acknowledged()).isEqualTo(COUNT);
      assertThat(summary.retries()).isEqualTo(COUNT / 2);
    }
  }

  @Test
  void rateIsASchedule() throws Exception {
    var plan = new TrafficPlan(1, 50, 4, 400, Duration.ofMillis(500), TrafficMix.workItemsOnly());
    try (var receiver = new Receiver((_, _) -> 202)) {
      TrafficSummary summary = run(plan, receiver);

      assertThat(summary.sent()).isEqualTo(200);
      assertThat(summary.elapsed()).isGreaterThan(Duration.ofMillis(490));
    }
  }

  @Test
  void stoppingEndsOpenRetriesAndAddsNothing() throws Exception {
    var plan = new TrafficPlan(1, 7, 4, 0, Duration.ofHours(1), TrafficMix.workItemsOnly());
    try (var receiver = new Receiver((_, attempt) -> attempt < 2 ? 503 : 202);
        TrafficRun run =
            TrafficRun.start(plan.spedUp(100), List.of(receiver.url()), "secret", ledger)) {
      while (run.acknowledged() < 20) {
        Thread.onSpinWait();
      }
      TrafficSummary summary = run.stop();

      assertThat(summary.acknowledged()).isEqualTo(summary.sent());
      assertThat(run.isOver()).isTrue();
    }
  }

  @Test
  void closingLeavesWhatIsUnderWayOpen() throws Exception {
    var plan = new TrafficPlan(1, 7, 4, 0, Duration.ofHours(1), TrafficMix.workItemsOnly());
    try (var receiver = new Receiver((_, _) -> 503)) {
      TrafficRun run = TrafficRun.start(plan, List.of(receiver.url()), "secret", ledger);
      while (run.soFar().unavailable() < 4) {
        Thread.onSpinWait();
      }
      run.close();
    }
    assertThat(LedgerReader.read(List.of(ledger)).noted())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.outcome()).isEqualTo(Noted.Outcome.OPEN));
  }

  @Test
  void runsAreAppendedAlsoAfterHalfALine() throws Exception {
    try (var receiver = new Receiver((_, _) -> 202)) {
      run(plan(1), receiver);
      Files.writeString(ledger, "{\"line\":\"sending\",\"run\":\"x", StandardOpenOption.APPEND);
      run(plan(2), receiver);
    }
    LedgerReader.Content content = LedgerReader.read(List.of(ledger));
    assertThat(content.noted()).hasSize(2 * COUNT);
    assertThat(content.organizations()).hasSize(2);
  }

  @Test
  void halfALineInTheMiddleOfARunIsNotPassedOver() throws Exception {
    try (var receiver = new Receiver((_, _) -> 202)) {
      run(plan(1), receiver);
    }
    List<String> lines = Files.readAllLines(ledger);
    lines.set(9, lines.get(9).substring(0, 40));
    Files.write(ledger, lines);

    assertThatThrownBy(() -> LedgerReader.read(List.of(ledger)))
        .isInstanceOf(IllegalStateException.class);
  }
}
