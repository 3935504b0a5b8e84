package io.countersign.audit.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.scrub.Scrubber.Step;
import io.countersign.audit.verify.SealedLog;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubberTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private static Path scratch;
  @TempDir private Path own;

  private static SealedLog log;

  @BeforeAll
  static void write() throws Exception {
    log = new SealedLog(scratch);
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @AfterEach
  void putBack() {
    log.putBack();
  }

  @Test
  void aSoundLogIsReadInPartsRoundAfterRoundWithoutFindings() throws Exception {
    Scrubber scrubber = scrubber();
    assertThat(steps(scrubber, 4))
        .containsExactly(Step.PART, Step.ROUND_ENDED, Step.PART, Step.ROUND_ENDED);
    ScrubView view = scrubber.view();
    assertThat(view.rounds()).isEqualTo(2);
    assertThat(view.roundEndedAt()).isEqualTo(NOW);
    assertThat(view.findings()).isEmpty();
    assertThat(scrubber.warnings()).isEmpty();
  }

  @Test
  void whatIsFoundTwiceIsToldWithItsIndexUntilARoundFindsNothing() throws Exception {
    log.execute("update eventlog.entry set payload = 'x' where index in (37, 290)");
    Scrubber scrubber = scrubber();
    assertThat(steps(scrubber, 4))
        .containsExactly(Step.SUSPECTED, Step.PART, Step.SUSPECTED, Step.ROUND_ENDED);
    assertThat(scrubber.view().findings())
        .extracting(ScrubState.ScrubFinding::index)
        .containsExactly(37L, 290L);
    assertThat(scrubber.warnings().getFirst())
        .isEqualTo(
            "the log does not verify: 2 findings, the first at entry 37:"
                + " PAYLOAD_DIGEST_MISMATCH");
    log.putBack();
    steps(scrubber, 1);
    assertThat(scrubber.view().findingCount()).as("until the round is over").isEqualTo(2);
    steps(scrubber, 1);
    assertThat(scrubber.view().findingCount()).isZero();
  }

  /** A key is destroyed before the entry that says so is in the log. */
  @Test
  void whatIsGoneAtTheSecondLookIsNoFinding() throws Exception {
    log.execute("update eventlog.entry set name = 'x' where index = " + SealedLog.ERASURE);
    Scrubber scrubber = scrubber();
    assertThat(steps(scrubber, 1)).containsExactly(Step.SUSPECTED);
    log.putBack();
    assertThat(steps(scrubber, 2)).containsExactly(Step.PART, Step.ROUND_ENDED);
    assertThat(scrubber.view().findings()).isEmpty();
  }

  @Test
  void aRestartGoesOnFromWhereItWasAndAPositionThatIsNoneBeginsAnew() throws Exception {
    steps(scrubber(), 1);
    log.execute("update eventlog.entry set payload = 'x' where index = 37");
    Scrubber restarted = scrubber();
    assertThat(steps(restarted, 1)).containsExactly(Step.ROUND_ENDED);
    assertThat(restarted.view().findings()).isEmpty();
    assertThat(steps(restarted, 1)).containsExactly(Step.SUSPECTED);
    Files.writeString(own.resolve("scrub"), "no number");
    assertThat(steps(scrubber(), 1)).containsExactly(Step.SUSPECTED);
  }

  @Test
  void entriesThatWereCutOffAreFoundBehindTheEndOfTheDatabase() throws Exception {
    log.execute("delete from eventlog.entry where index >= 200");
    log.execute("update eventlog.data_key set wrapped = '\\x00', destroyed_at = null");
    Scrubber scrubber = scrubber();
    steps(scrubber, 4);
    assertThat(scrubber.view().findings())
        .extracting(ScrubState.ScrubFinding::code, ScrubState.ScrubFinding::index)
        .contains(org.assertj.core.api.Assertions.tuple("ROLLED_BACK", 200L));
  }

  @Test
  void nothingPublishedIsNothingToDoAndTheRateIsKept() throws Exception {
    Scrubber scrubber = scrubber(own.resolve("empty"));
    assertThat(steps(scrubber, 1)).containsExactly(Step.NOTHING);
    try (var scrubbing = new Scrubbing(scrubber, 200)) {
      assertThat(scrubbing.pause(Step.PART)).isEqualTo(Duration.ofMillis(1_280));
      assertThat(scrubbing.pause(Step.ROUND_ENDED)).isEqualTo(Scrubbing.REST);
    }
  }

  private static List<Step> steps(Scrubber scrubber, int count) throws IOException {
    var steps = new java.util.ArrayList<Step>();
    for (int i = 0; i < count; i++) {
      steps.add(scrubber.step());
    }
    return steps;
  }

  private Scrubber scrubber() {
    return scrubber(scratch.resolve("sealed"));
  }

  private Scrubber scrubber(Path folder) {
    return new Scrubber(
        new JdbcLogReader(log.dataSource()),
        new PublishedLog(folder),
        note ->
            new NoteVerifier(List.of(log.signer().verifierKey()))
                .checkpoint(note, SealedLog.ORIGIN),
        new KeyStates(log.dataSource()),
        new ScrubPosition(own.resolve("scrub")),
        200,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
