package io.countersign.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.FailingDisk;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Growing;
import io.countersign.audit.seal.Sealer;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.verdict.Verdict;
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

/**
 * The tamper matrix, second half: somebody with every right in the published folder, with and
 * without the key. An auditor has the files, the key and a checkpoint that he kept.
 */
class PublishedTamperTest {

  @TempDir private static Path scratch;

  private static SealedLog log;

  @BeforeAll
  static void write() throws Exception {
    log = new SealedLog(scratch);
  }

  @AfterAll
  static void close() {
    log.close();
  }

  private interface Hand {
    void on(Path folder) throws Exception;
  }

  /**
   * One row of the matrix.
   *
   * @param expected verdict at the index, or a code and index of a finding, or code of a problem
   */
  private record Change(String name, Hand hand, String expected, Outcome outcome) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Change change(String name, Hand hand, String expected) {
    return new Change(name, hand, expected, Outcome.CHANGED);
  }

  static Stream<Change> changes() {
    return Stream.of(
        change("entry byte", f -> flip(f, "tile/entries/000", 9_000), "TAMPERED entry"),
        change("bundle cut", f -> cut(f, "tile/entries/001.p/24"), "MISSING 256"),
        change("bundle removed", f -> Files.delete(f.resolve("tile/entries/000")), "MISSING 0"),
        change("leaf byte", f -> flip(f, "tile/0/000", 37 * 32), "TAMPERED 37"),
        change("leaves cut", f -> cut(f, "tile/0/001.p/24"), "FILE_UNREADABLE 256"),
        change("leaves removed", f -> Files.delete(f.resolve("tile/0/000")), "FILE_UNREADABLE 0"),
        change("node byte", f -> flip(f, "tile/1/000.p/1", 3), "TILE_MISMATCH 0"),
        change("node cut", f -> cut(f, "tile/1/000.p/1"), "TILE_MISMATCH 0"),
        change(
            "entries swapped",
            f -> entries(f, list -> list.add(38, list.remove(37))),
            "REORDERED 37"),
        change(
            "entry inserted",
            f ->
                entries(
                    f,
                    list -> {
                      byte[] forged = list.get(37).clone();
                      forged[100] ^= 1;
                      list.add(37, forged);
                      list.removeLast();
                    }),
            "INSERTED 37"),
        change(
            "entry and its leaf changed",
            f -> {
              entries(f, list -> list.get(37)[100] ^= 1);
              leaf(f, 37, EntryHash.of(entries(f).get(37)));
            },
            "TAMPERED 37"),
        change("checkpoint size", f -> line(f, 1, "279"), "CHECKPOINT_REFUSED"),
        change("checkpoint root", f -> line(f, 2, "A".repeat(43) + "="), "CHECKPOINT_REFUSED"),
        change("signature", f -> flip(f, "checkpoint", 160), "CHECKPOINT_REFUSED"),
        change("nothing of a checkpoint", f -> write(f, "no note\n"), "CHECKPOINT_REFUSED"),
        change(
            "signed with a foreign key",
            f -> sign(f, other(SealedLog.ORIGIN)),
            "CHECKPOINT_REFUSED"),
        change(
            "another log's checkpoint",
            f -> sign(f, other("example.com/other")),
            "CHECKPOINT_REFUSED"),
        change(
            "another size signed with the key",
            f -> write(f, note(log.signer(), 279, root(f)).toString()),
            "ROOT_MISMATCH 278"),
        new Change(
            "older checkpoint put back",
            f -> {
              for (String partial : List.of("tile/0/000", "tile/entries/000")) {
                Files.delete(f.resolve(partial));
              }
              seal(f, 50);
            },
            "ROLLED_BACK",
            Outcome.ROLLED_BACK),
        new Change(
            "another history signed with the key",
            f -> {
              log.hashAgain(37, SealedLog.ENTRIES, "{\"n\":1}", null);
              seal(f, SealedLog.SEALED);
              log.putBack();
            },
            "FORKED",
            Outcome.ROLLED_BACK));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void isFoundAtItsIndex(Change change, @TempDir Path copies) throws Exception {
    Path folder = log.copyTo(copies.resolve("copy"));
    change.hand().on(folder);
    AuditReport report = log.audit(folder, false, log.kept());
    assertThat(said(report)).contains(change.expected());
    assertThat(report.outcome()).as("%s", said(report)).isEqualTo(change.outcome());
  }

  @Test
  void anUntouchedCopyIsSound(@TempDir Path copies) throws Exception {
    AuditReport report = log.audit(log.copyTo(copies.resolve("copy")), false, log.kept());
    assertThat(said(report)).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.SOUND);
    assertThat(report.summary().count(Verdict.OK)).isEqualTo(SealedLog.SEALED);
  }

  /** An entry in a bundle is at no fixed place, so its index is asked of the file itself. */
  @Test
  void theIndexOfAnEntryByteIsExact(@TempDir Path copies) throws Exception {
    for (int index : new int[] {0, 37, 255, 256, 279}) {
      Path folder = log.copyTo(copies.resolve("copy-" + index));
      String bundle = index < 256 ? "tile/entries/000" : "tile/entries/001.p/24";
      int width = index < 256 ? 256 : 24;
      TilePath path = TilePath.entries(index / 256, width);
      var list =
          new ArrayList<>(EntryBundle.decode(path, Files.readAllBytes(folder.resolve(bundle))));
      list.get(index % 256)[110] ^= 1;
      Files.write(folder.resolve(bundle), EntryBundle.encode(list));
      AuditReport report = log.audit(folder, false, log.kept());
      assertThat(said(report)).contains("TAMPERED " + index, "HASH_MISMATCH " + index);
      assertThat(report.summary().count(Verdict.TAMPERED)).isEqualTo(1);
    }
  }

  /** While it is verified, the log grows, and partial files make room for full ones. */
  @Test
  void aLogThatGrowsMeanwhileIsNoFinding(@TempDir Path copies) throws Exception {
    Path folder = copies.resolve("growing");
    seal(folder, 200);
    byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
    seal(folder, 300);
    Files.write(folder.resolve("checkpoint"), checkpoint);
    assertThat(folder.resolve("tile/entries/000.p")).doesNotExist();
    AuditReport report = log.audit(folder, true, log.kept());
    assertThat(said(report)).isEmpty();
  }

  /** The sealer dies, or power fails, before each of its steps, and seals on after a restart. */
  @Test
  void aLogThatCrashedAndRecoveredIsNoFinding(@TempDir Path copies) throws Exception {
    for (int step = 0; step < 40; step += 3) {
      for (boolean powerFails : new boolean[] {false, true}) {
        Path folder = copies.resolve(step + "-" + powerFails);
        seal(folder, 250);
        var growing = new Growing(new JdbcLogReader(log.dataSource()));
        growing.size = SealedLog.SEALED;
        try {
          Sealer.resume(
                  growing,
                  new FailingDisk(step, powerFails).publishedLog(folder),
                  LogKeys.of(log.signer()))
              .seal();
        } catch (FailingDisk.Died _) {
          // and here it is again
        }
        Sealer.resume(growing, new PublishedLog(folder), LogKeys.of(log.signer())).seal();
        AuditReport report = log.audit(folder, true, log.kept());
        assertThat(said(report)).as("step " + step).isEmpty();
        assertThat(report.summary().count(Verdict.UNSEALED))
            .isEqualTo(SealedLog.ENTRIES - SealedLog.SEALED);
      }
    }
  }

  private static List<String> said(AuditReport report) {
    var said = new ArrayList<String>();
    report.problems().forEach(problem -> said.add(problem.code().name()));
    report.findings().forEach(finding -> said.add(finding.code() + " " + finding.index()));
    report
        .summary()
        .against()
        .forEach(
            entry -> {
              said.add(entry.verdict() + " " + entry.first());
              said.add(entry.verdict() + " " + entry.detail());
            });
    return said;
  }

  private static void flip(Path folder, String file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    bytes[at] ^= 1;
    Files.write(folder.resolve(file), bytes);
  }

  private static void cut(Path folder, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    Files.write(folder.resolve(file), Arrays.copyOf(bytes, bytes.length - 5));
  }

  private interface EntriesChange {
    void on(List<byte[]> entries);
  }

  private static List<byte[]> entries(Path folder) throws IOException {
    return new ArrayList<>(
        EntryBundle.decode(
            TilePath.entries(0, 256), Files.readAllBytes(folder.resolve("tile/entries/000"))));
  }

  private static void entries(Path folder, EntriesChange change) throws IOException {
    List<byte[]> entries = entries(folder);
    change.on(entries);
    Files.write(folder.resolve("tile/entries/000"), EntryBundle.encode(entries));
  }

  private static void leaf(Path folder, int index, EntryHash hash) throws IOException {
    byte[] leaves = Files.readAllBytes(folder.resolve("tile/0/000"));
    System.arraycopy(hash.bytes(), 0, leaves, index * 32, 32);
    Files.write(folder.resolve("tile/0/000"), leaves);
  }

  private static void line(Path folder, int number, String text) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("checkpoint")));
    lines.set(number, text);
    write(folder, String.join("\n", lines) + "\n");
  }

  private static void write(Path folder, String checkpoint) throws IOException {
    Files.writeString(folder.resolve("checkpoint"), checkpoint);
  }

  private static NoteSigner other(String origin) {
    return SealedLog.signer(origin);
  }

  private static Checkpoint root(Path folder) throws Exception {
    return Checkpoint.parse(
        SignedNote.parse(Files.readAllBytes(folder.resolve("checkpoint"))).text());
  }

  private static SignedNote note(NoteSigner signer, long size, Checkpoint like) {
    var checkpoint = new Checkpoint(signer.verifierKey().name(), size, like.root());
    return new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint)));
  }

  private static void sign(Path folder, NoteSigner signer) throws Exception {
    write(folder, note(signer, SealedLog.SEALED, root(folder)).toString());
  }

  /** Seals anew from the database, as whoever has the key can. */
  private static void seal(Path folder, int size) throws Exception {
    Files.deleteIfExists(folder.resolve("checkpoint"));
    var growing = new Growing(new JdbcLogReader(log.dataSource()));
    growing.size = size;
    Sealer.resume(growing, new PublishedLog(folder), LogKeys.of(log.signer())).seal();
  }
}
