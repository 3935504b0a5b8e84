package io.countersign.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.anchored.Outsiders;
import io.countersign.audit.headmap.EvidenceOf;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.verify.Outcome;
import io.countersign.audit.verify.RecordedErasures;
import io.countersign.audit.verify.SealedLog;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.verdict.Verdict;
import io.countersign.eventlog.encryption.KeyStates;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles of evidence, and the part of the tamper matrix that is about them. */
class BundleTest {

  private static final String ITEM = "workitem:fabrikam:1";
  private static final BundleRequest OF_ITEM = new BundleRequest(ITEM, 0, Long.MAX_VALUE, null);

  @TempDir private static Path scratch;

  private static SealedLog log;
  private static Path whole;

  @BeforeAll
  static void write() throws Exception {
    log = new SealedLog(scratch);
    anchored(log.kept());
    whole =
        bundle(
            "whole.zip", new BundleRequest(ITEM, 0, Long.MAX_VALUE, SignedNote.parse(log.kept())));
  }

  /** As an authority's answer would lie there; only its imprint is looked at here. */
  private static void anchored(byte[] checkpoint) throws IOException {
    Path anchors = Files.createDirectories(scratch.resolve("sealed/anchors"));
    Files.write(anchors.resolve("100-tsa.checkpoint"), checkpoint);
    byte[] stamp = Arrays.copyOf(Sha256.digest().digest(checkpoint), 40);
    Files.write(anchors.resolve("100-tsa.tsr"), stamp);
    Files.writeString(anchors.resolve("100-tsa.tsr.draft"), "no evidence");
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @Test
  void allEntriesOfAnAggregateAreProvenAndProvenToBeAll() throws Exception {
    BundleReport report = verify(whole, log.kept());
    assertThat(report.report().findings()).isEmpty();
    assertThat(report.report().problems()).isEmpty();
    assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.complete()).isTrue();
    assertThat(report.facts())
        .anyMatch(fact -> fact.startsWith("COMPLETE") && fact.contains("below index 260"))
        .anyMatch(fact -> fact.contains("grew from"));
    assertThat(report.facts()).contains("2 files of anchors are about this log");
    assertThat(report.notChecked()).anyMatch(what -> what.contains("who signed the time-stamps"));
    assertThat(report.report().summary().count(Verdict.OK)).isEqualTo(SealedLog.SEALED / 2 - 2);
    assertThat(report.report().summary().count(Verdict.ERASED)).isEqualTo(2);
    assertThat(report.report().summary().erasedBy()).containsEntry((long) SealedLog.ERASURE, 2L);
  }

  @Test
  void aRangeIsProvenAndSaysThatItIsNotAllOfAnything() throws Exception {
    Path range = bundle("range.zip", new BundleRequest(null, 10, 30, null));
    BundleReport report = verify(range, null);
    assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.complete()).isFalse();
    assertThat(report.facts()).anyMatch(fact -> fact.startsWith("NOT PROVEN COMPLETE"));
    assertThat(report.report().summary().count(Verdict.OK)).isEqualTo(19);
    assertThat(new Rezipped(range).files())
        .containsKey(BundleNames.of(BundleNames.ERASURE_ENTRIES, SealedLog.ERASURE, ".payload"));
    Rezipped missing = new Rezipped(range);
    missing.files().keySet().removeIf(name -> name.startsWith("entries/0000000000000000015"));
    BundleReport gap = verify(missing.write(scratch.resolve("gap.zip"), true), null);
    assertThat(gap.report().summary().against())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.first()).isEqualTo(15);
              assertThat(entry.verdict()).isEqualTo(Verdict.MISSING);
            });
  }

  @Test
  void theSameStateOfTheLogGivesTheSameBytes() throws Exception {
    assertThat(bundle("one.zip", OF_ITEM)).hasSameBinaryContentAs(bundle("two.zip", OF_ITEM));
  }

  @Test
  void anAggregateThatIsNotThereIsProvenAbsent() throws Exception {
    BundleReport report =
        verify(
            bundle("none.zip", new BundleRequest("workitem:fabrikam:9", 0, Long.MAX_VALUE, null)),
            null);
    assertThat(report.report().outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.complete()).isTrue();
  }

  @Test
  void whatIsNotSealedOrDidNotGrowFromAnOlderCheckpointGivesNoBundle() throws Exception {
    assertThatThrownBy(() -> bundle("no.zip", new BundleRequest(null, 290, 295, null)))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("no checkpoint");
    SignedNote note = another(50);
    assertThatThrownBy(() -> bundle("no.zip", new BundleRequest(null, 0, 5, note)))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("older checkpoint");
  }

  private interface Hand {
    void on(Rezipped files) throws IOException;
  }

  private record Change(String name, Hand hand, String expected) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static String file(long index, String kind) {
    return BundleNames.of(BundleNames.ENTRIES, index, kind);
  }

  private static String map(String kind) {
    return BundleNames.of(BundleNames.HEAD_MAP, SealedLog.HEAD_MAP, kind);
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("entry byte", f -> f.flip(file(36, ".entry"), 100), "TAMPERED 36"),
        new Change("payload byte", f -> f.flip(file(36, ".payload"), 3), "TAMPERED 36 payload"),
        new Change("metadata byte", f -> f.flip(file(36, ".metadata"), 3), "TAMPERED 36 metadata"),
        new Change(
            "entries swapped",
            f -> {
              for (String kind : List.of(".entry", ".payload", ".metadata", ".tlog-proof")) {
                byte[] one = f.files().get(file(36, kind));
                f.files().put(file(36, kind), f.files().get(file(38, kind)));
                f.files().put(file(38, kind), one);
              }
            },
            "TAMPERED 36"),
        new Change(
            "proof of another",
            f -> f.files().put(file(36, ".tlog-proof"), f.files().get(file(38, ".tlog-proof"))),
            "TAMPERED 36"),
        new Change("payload removed", f -> f.files().remove(file(36, ".payload")), "MISSING 36"),
        new Change(
            "entry left out",
            f -> f.files().keySet().removeIf(name -> name.startsWith(file(36, ""))),
            "INCOMPLETE"),
        new Change(
            "last entry below the map left out",
            f -> f.files().keySet().removeIf(name -> name.startsWith(file(258, ""))),
            "INCOMPLETE"),
        new Change(
            "head map forged",
            f -> f.text(map(".payload"), text -> text.replace("\"size\":260", "\"size\":37")),
            "TAMPERED 270 payload"),
        new Change(
            "head map's proof forged",
            f -> f.text(BundleNames.HEAD_MAP_PROOF, t -> t.replace("sequence 129", "sequence 100")),
            "INCOMPLETE"),
        new Change("signature", f -> f.flip(BundleNames.CHECKPOINT, 160), "CHECKPOINT_REFUSED"),
        new Change(
            "size of the checkpoint",
            f -> f.text(BundleNames.CHECKPOINT, text -> text.replace("\n280\n", "\n279\n")),
            "CHECKPOINT_REFUSED"),
        new Change(
            "consistency proof",
            f -> f.text(BundleNames.CONSISTENCY, t -> t.substring(0, t.length() - 45)),
            "FORKED"),
        new Change(
            "cut anchor",
            f -> f.files().remove("log/anchors/100-tsa.checkpoint"),
            "ANCHOR_REFUSED"),
        new Change(
            "time-stamp of something else",
            f -> f.flip("log/anchors/100-tsa.tsr", 3),
            "ANCHOR_REFUSED"),
        new Change(
            "anchor of another history",
            f -> f.files().put("log/anchors/100-tsa.checkpoint", another(100).bytes()),
            "FORKED"),
        new Change(
            "unsigned erasure",
            f -> f.text(BundleNames.ERASURES, text -> text.replace("250", "36")),
            "KEY_UNAVAILABLE 20"),
        new Change(
            "erasure of what holds no key",
            f -> f.text(BundleNames.ERASURES, text -> text.replace(": 20", ": 36")),
            "BUNDLE_DAMAGED"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void eachChangeIsFoundAtItsIndex(Change change) throws Exception {
    var files = new Rezipped(whole);
    change.hand().on(files);
    BundleReport report = verify(files.write(scratch.resolve("changed.zip"), true), null);
    assertThat(said(report)).contains(change.expected());
    assertThat(report.report().outcome()).isNotEqualTo(Outcome.SOUND);
  }

  @Test
  void filesThatDoNotFitTheManifestAreNamed() throws Exception {
    var files = new Rezipped(whole);
    files.flip(file(36, ".payload"), 3);
    files.files().put("extra", new byte[1]);
    BundleReport report = verify(files.write(scratch.resolve("changed.zip"), false), null);
    assertThat(report.report().problems())
        .extracting(problem -> problem.words())
        .anyMatch(words -> words.startsWith(file(36, ".payload") + " is another file"))
        .anyMatch(words -> words.startsWith("extra is not in the manifest"));
  }

  /** Signed with the log's own key, over a tree that never was. */
  private static SignedNote another(long size) {
    var checkpoint = new Checkpoint(SealedLog.ORIGIN, size, TreeHash.EMPTY);
    return new SignedNote(checkpoint.text(), List.of(log.signer().sign(checkpoint)));
  }

  private static List<String> said(BundleReport report) {
    var said = new ArrayList<String>();
    report.report().problems().forEach(problem -> said.add(problem.code().name()));
    report
        .report()
        .summary()
        .against()
        .forEach(
            entry -> {
              said.add(entry.verdict() + " " + entry.first());
              said.add(entry.verdict() + " " + entry.first() + " " + entry.detail());
            });
    return said;
  }

  private static BundleReport verify(Path zip, byte[] kept) throws IOException {
    return BundleVerifier.verify(
        zip,
        note ->
            new NoteVerifier(List.of(log.signer().verifierKey()))
                .checkpoint(note, SealedLog.ORIGIN),
        kept,
        Outsiders.NONE);
  }

  private static Path bundle(String name, BundleRequest request) throws Exception {
    var reader = new JdbcLogReader(log.dataSource());
    var writer =
        new BundleWriter(
            reader,
            new PublishedLog(scratch.resolve("sealed")),
            EvidenceOf.database(log.dataSource()),
            new ErasureStatement.Source(
                new KeyStates(log.dataSource()), () -> RecordedErasures.in(reader)));
    Path zip = scratch.resolve(name);
    try (var out = Files.newOutputStream(zip)) {
      writer.write(request, out);
    }
    return zip;
  }
}
