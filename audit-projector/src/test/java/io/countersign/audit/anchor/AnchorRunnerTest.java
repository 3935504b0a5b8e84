package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.witness.SampleLog;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.audit.AuditEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AnchorRunnerTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final NoteSigner WITNESS =
      SampleLog.signer("witness.example/w", SignatureType.COSIGNATURE_ED25519);

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();
  private final SampleLog signed = new SampleLog("example.com/log");
  private PublishedLog published;
  private Instant now = Instant.now();
  private int workItems;

  @BeforeEach
  void open() {
    published = new PublishedLog(folder.resolve("log"));
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aCheckpointIsAnchoredOncePublishedAndRecorded() throws Exception {
    var anchor = new Fake(AnchorKind.RFC3161);
    AnchorRunner runner = runner(anchor);
    grow(3);
    runner.step();
    assertThat(anchor.asked).as("nothing was sealed here").isEmpty();
    sealAndStep(runner, 3);
    runner.step();
    assertThat(anchor.asked).containsExactly(3L);
    StoredEntry entry = newest();
    assertThat(entry.name()).isEqualTo("auditlog.CheckpointAnchored");
    assertThat(entry.actor()).isEqualTo("automation:audit");
    var payload = new JsonMapper().readTree(entry.payload());
    assertThat(payload.path("origin").asString()).isEqualTo("example.com/log");
    assertThat(payload.path("kind").asString()).isEqualTo("rfc3161");
    assertThat(payload.path("anchor").asString()).isEqualTo("fake");
    assertThat(payload.path("size").asLong()).isEqualTo(3);
    assertThat(payload.path("root").asString()).isEqualTo(signed.checkpoint(3).root().base64());
    assertThat(payload.path("evidence").asString()).isEqualTo("ZXZpZGVuY2Ugb2YgMw==");
    assertThat(folder.resolve("log/anchors/3-fake.tsr")).hasContent("evidence of 3");
  }

  @Test
  void housekeepingAloneIsNoReasonSoALogAtRestDoesNotGrow() throws Exception {
    var anchor = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(anchor);
    grow(3);
    sealAndStep(runner, 3);
    for (int i = 0; i < 5; i++) {
      now = now.plus(HOUR);
      sealAndStep(runner, size());
    }
    log.entries()
        .append(new AuditEvent.KeyRetired("example.com/log", "k", 3), AuditEntries.AUTOMATION);
    now = now.plus(HOUR);
    sealAndStep(runner, size());
    assertThat(anchor.asked).containsExactly(3L);
    assertThat(size()).isEqualTo(5);
    grow(1);
    sealAndStep(runner, 6);
    assertThat(anchor.asked).containsExactly(3L, 6L);
  }

  @Test
  void whatIsNotUnderTheCheckpointYetHasItsTurnWithTheNextOne() throws Exception {
    var anchor = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(anchor);
    grow(3);
    sealAndStep(runner, 3);
    now = now.plus(HOUR).plus(HOUR);
    seal(runner, 4);
    grow(1);
    runner.step();
    assertThat(anchor.asked).containsExactly(3L);
    sealAndStep(runner, 5);
    assertThat(anchor.asked).containsExactly(3L, 5L);
  }

  @Test
  void theIntervalIsKeptOverARestartToo() throws Exception {
    var anchor = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(anchor);
    grow(3);
    sealAndStep(runner, 3);
    grow(1);
    sealAndStep(runner, 5);
    AnchorRunner restarted = runner(anchor);
    seal(restarted, 5);
    restarted.step();
    assertThat(restarted.state().lastSuccess()).isNotNull();
    assertThat(anchor.asked).containsExactly(3L);
    now = now.plus(HOUR).plusSeconds(60);
    restarted.step();
    assertThat(anchor.asked).containsExactly(3L, 5L);
  }

  @Test
  void whatAnotherNodeAnchoredMeanwhileIsNotAnchoredAgain() throws Exception {
    var here = new Fake(AnchorKind.FILE);
    var there = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(here);
    AnchorRunner other = runner(there);
    grow(3);
    sealAndStep(runner, 3);
    grow(1);
    now = now.plus(HOUR).plusSeconds(60);
    seal(other, 5);
    other.step();
    assertThat(there.asked).containsExactly(5L);
    sealAndStep(runner, 5);
    sealAndStep(runner, 6);
    assertThat(here.asked).containsExactly(3L);
    assertThat(size()).isEqualTo(6);
  }

  @Test
  void whatFailsIsTriedAgainEverMoreRarelyAndSaid() throws Exception {
    var meters = new SimpleMeterRegistry();
    var anchor = new Fake(AnchorKind.RFC3161);
    AnchorRunner runner = runner(anchor);
    AnchorMetrics.register(meters, runner, () -> now);
    grow(3);
    seal(runner, 3);
    anchor.failure = new IOException("the authority answered 500");
    Instant since = now;
    runner.step();
    runner.step();
    assertThat(anchor.asked).hasSize(1);
    for (int seconds : new int[] {5, 10, 20, 40}) {
      now = now.plusSeconds(seconds - 1);
      runner.step();
      now = now.plusSeconds(1);
      runner.step();
    }
    assertThat(anchor.asked).hasSize(5);
    assertThat(runner.state().failures()).isEqualTo(5);
    assertThat(runner.state().failingSince()).isEqualTo(since);
    assertThat(runner.state().why()).isEqualTo("the authority answered 500");
    assertThat(meters.get("countersign.audit.anchor.failing").gauge().value()).isOne();
    assertThat(meters.get("countersign.audit.anchor.failures").functionCounter().count())
        .isEqualTo(5);
    assertThat(meters.get("countersign.audit.anchor.age").gauge().value()).isNaN();
    assertThat(new Anchoring(List.of(runner)).warnings())
        .containsExactly("anchor fake fails since %s: the authority answered 500".formatted(since));
    assertThat(size()).isEqualTo(3);

    anchor.failure = null;
    now = now.plus(HOUR);
    runner.step();
    assertThat(newest().name()).isEqualTo("auditlog.CheckpointAnchored");
    assertThat(new Anchoring(List.of(runner)).warnings()).isEmpty();
    assertThat(meters.get("countersign.audit.anchor.failing").gauge().value()).isZero();
    assertThat(meters.get("countersign.audit.anchor.failures").functionCounter().count())
        .isEqualTo(5);
    assertThat(meters.get("countersign.audit.anchor.age").gauge().value()).isZero();
  }

  @Test
  void whoIsLackingIsSaidEvenWhenOthersSuffice() throws Exception {
    var anchor = new Fake(AnchorKind.WITNESS);
    AnchorRunner runner = runner(anchor);
    grow(1);
    seal(runner, 1);
    anchor.lacking = List.of("bob: another root");
    runner.step();
    assertThat(new Anchoring(List.of(runner)).warnings())
        .containsExactly("anchor fake goes on without bob: another root");
    anchor.lacking = List.of();
    sealAndStep(runner, 2);
    assertThat(new Anchoring(List.of(runner)).warnings()).isEmpty();
  }

  @Test
  void aFailureThatNobodyExpectedIsOneToo() throws Exception {
    var anchor = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(anchor);
    grow(1);
    seal(runner, 1);
    anchor.mistake = new IllegalStateException("with a secret in it");
    runner.step();
    assertThat(runner.state().why()).isEqualTo("IllegalStateException");
  }

  /** The entry about a cosigning makes a new checkpoint, and that is cosigned without an entry. */
  @Test
  void theNewestCheckpointIsCosignedEvenWhenOnlyHousekeepingGrewIt() throws Exception {
    var anchor = new Fake(AnchorKind.WITNESS);
    AnchorRunner runner = runner(anchor);
    try (var lock = published.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
      grow(3);
      publish(runner, 3);
      runner.step();
      assertThat(published.checkpoint().orElseThrow().signatures()).hasSize(2);
      publish(runner, 4);
      assertThat(published.checkpoint().orElseThrow().signatures()).hasSize(1);
      runner.step();
      runner.step();
      assertThat(published.checkpoint().orElseThrow().signatures()).hasSize(2);
      assertThat(anchor.asked).containsExactly(3L, 4L);
      assertThat(size()).isEqualTo(4);
      AnchorRunner restarted = runner(anchor);
      seal(restarted, 4);
      restarted.step();
      restarted.step();
      assertThat(anchor.asked).containsExactly(3L, 4L, 4L);
      assertThat(size()).isEqualTo(4);
    }
  }

  @Test
  void aLogBegunAnewUnderAnotherOriginIsAnchoredFromItsStart() throws Exception {
    var anchor = new Fake(AnchorKind.FILE);
    AnchorRunner runner = runner(anchor);
    grow(5);
    sealAndStep(runner, 5);
    var anew = new SampleLog("example.com/anew");
    now = now.plus(HOUR);
    Checkpoint checkpoint = anew.checkpoint(4);
    runner.sealed(checkpoint, anew.signed(checkpoint));
    runner.step();
    assertThat(anchor.asked).containsExactly(5L, 4L);
  }

  private AnchorRunner runner(Anchor anchor) {
    var entries = new AnchoredEntries(log.entries(), log.dataSource());
    return new AnchorRunner(
        anchor,
        HOUR,
        entries,
        published,
        new DurableFolder(folder.resolve("log/anchors")),
        new AnchorAlarm(entries, 3),
        () -> now);
  }

  private void grow(int entries) {
    for (int i = 0; i < entries; i++) {
      log.append(++workItems, 0);
    }
  }

  private void seal(AnchorRunner runner, long size) throws IOException {
    Checkpoint checkpoint = signed.checkpoint(size);
    runner.sealed(checkpoint, signed.signed(checkpoint));
  }

  private void sealAndStep(AnchorRunner runner, long size) throws Exception {
    seal(runner, size);
    runner.step();
  }

  private void publish(AnchorRunner runner, long size) throws Exception {
    published.publish(signed.signed(signed.checkpoint(size)));
    seal(runner, size);
  }

  private StoredEntry newest() {
    return log.reader().page(size() - 1, 1, LogReader.Filter.ALL).getFirst();
  }

  private long size() {
    return log.reader().head().orElseThrow().lastIndex() + 1;
  }

  /** An anchor that does what it is told, and keeps what it was asked. */
  private static final class Fake implements Anchor {

    private final AnchorKind kind;
    private final List<Long> asked = new ArrayList<>();
    private List<String> lacking = List.of();
    private IOException failure;
    private RuntimeException mistake;

    private Fake(AnchorKind kind) {
      this.kind = kind;
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public AnchorKind kind() {
      return kind;
    }

    @Override
    public Evidence anchor(Checkpoint checkpoint, SignedNote note) throws IOException {
      asked.add(checkpoint.size());
      if (mistake != null) {
        throw mistake;
      }
      if (failure != null) {
        throw failure;
      }
      byte[] answer = ("evidence of " + checkpoint.size()).getBytes(StandardCharsets.UTF_8);
      List<NoteSignature> cosignatures =
          Optional.of(WITNESS.sign(checkpoint)).filter(_ -> kind == AnchorKind.WITNESS).stream()
              .toList();
      return new Evidence(answer, Map.of("tsr", answer), cosignatures, lacking);
    }

    @Override
    public void close() {}
  }
}
