package io.countersign.audit.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.publish.LogCopy.Copied;
import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.PublishedLogVerifier;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.tile.TileSource;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogCopyTest {

  private static final Checkpoint NOTHING = new Checkpoint(SignedFolder.ORIGIN, 0, TreeHash.EMPTY);

  @TempDir private Path folder;
  private SignedFolder log;
  private PublishedLog copy;

  @BeforeEach
  void folders() {
    log = new SignedFolder(folder.resolve("log"));
    copy = new PublishedLog(folder.resolve("copy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 600})
  void aCopyIsTheLogFileByFile(int size) throws Exception {
    log.grow(size);
    Copied copied = run(new PublishedLog(log.folder()), NOTHING);
    assertThat(copied.fetched()).isEqualTo(copied.files());
    assertThat(files("copy")).isEqualTo(files("log"));
    verifies(size);
    assertThat(run(new PublishedLog(log.folder()), now()).fetched())
        .as("only what is not full is fetched again")
        .isLessThanOrEqualTo(2);
  }

  @Test
  void anOlderCopyIsGoneOnWith() throws Exception {
    log.grow(300);
    run(new PublishedLog(log.folder()), NOTHING);
    Checkpoint older = now();
    log.grow(1_100);
    Copied copied = run(new PublishedLog(log.folder()), older);
    assertThat(copied.fetched()).isLessThan(copied.files());
    verifies(1_100);
    assertThat(files("copy")).isEqualTo(files("log"));
  }

  /** The source grows after the checkpoint was read, and removes what is partial under it. */
  @Test
  void theLogMayGrowMeanwhile() throws Exception {
    log.grow(300);
    SignedNote note = new PublishedLog(log.folder()).checkpoint().orElseThrow();
    log.grow(600);
    assertThat(folder.resolve("log/tile/0/001.p")).doesNotExist();
    LogCopy.run(
        new PublishedLog(log.folder()),
        note,
        Checkpoint.parse(note.text()),
        NOTHING,
        copy,
        _ -> {});
    verifies(300);
  }

  /** The connection breaks before every single file in turn. */
  @Test
  void aCopyThatWasBrokenOffIsGoneOnWith() throws Exception {
    log.grow(1_100);
    int broken = 0;
    while (true) {
      int allowed = broken;
      var left = new int[] {allowed};
      try {
        run(
            path -> {
              if (left[0]-- == 0) {
                throw new IOException("gone");
              }
              return new PublishedLog(log.folder()).read(path);
            },
            NOTHING);
        break;
      } catch (IOException gone) {
        assertThat(copy.checkpoint()).as("nothing is promised yet").isEmpty();
        broken++;
      }
    }
    assertThat(broken).isPositive();
    verifies(1_100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tile/0/001           | tile/0/001 is not the tile under the checkpoint",
        "tile/0/002.p/88      | the tiles at the right edge do not lead to the signed root",
        "tile/1/000.p/2       | the tiles at the right edge do not lead to the signed root",
        "tile/entries/001     | tile/entries/001: entry 256 is not the one that was sealed",
        "tile/entries/002.p/88| tile/entries/002.p/88: entry 512 is not the one that was sealed",
      })
  void aFileThatIsAnotherIsNamedAndNotCopied(String file, String refusal) throws Exception {
    log.grow(600);
    Path damaged = folder.resolve("log").resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[20] ^= 1;
    Files.write(damaged, bytes);
    assertThatThrownBy(() -> run(new PublishedLog(log.folder()), NOTHING))
        .isInstanceOf(CopyRefusedException.class)
        .hasMessageStartingWith(refusal);
    assertThat(folder.resolve("copy").resolve(file)).doesNotExist();
    assertThat(copy.checkpoint()).isEmpty();
  }

  @Test
  void damageInTheCopyIsMended() throws Exception {
    log.grow(600);
    run(new PublishedLog(log.folder()), NOTHING);
    for (String file : List.of("tile/0/000", "tile/entries/001", "tile/entries/002.p/88")) {
      Files.write(folder.resolve("copy").resolve(file), new byte[70]);
    }
    Copied copied = run(new PublishedLog(log.folder()), now());
    assertThat(copied.fetched()).isEqualTo(3 + 2);
    verifies(600);
  }

  @Test
  void aLogThatDidNotGrowFromTheCopyIsRefusedAndTheCopyStays() throws Exception {
    log.grow(300);
    run(new PublishedLog(log.folder()), NOTHING);
    List<String> before = files("copy");
    var other = new SignedFolder(folder.resolve("other")).growAs("source:elsewhere", 400);
    Checkpoint held = now();
    assertThatThrownBy(() -> runOf(other, held))
        .isInstanceOf(CopyRefusedException.class)
        .hasMessageStartingWith("FORKED: the log did not grow from the 300 entries");
    var shorter = new SignedFolder(folder.resolve("shorter")).grow(299);
    assertThatThrownBy(() -> runOf(shorter, held))
        .hasMessage("ROLLED_BACK: the copy holds 300 entries, now 299 are sealed");
    assertThat(files("copy")).isEqualTo(before);
    verifies(300);
  }

  private Copied run(TileSource source, Checkpoint older) throws Exception {
    SignedNote note = new PublishedLog(log.folder()).checkpoint().orElseThrow();
    return LogCopy.run(source, note, Checkpoint.parse(note.text()), older, copy, _ -> {});
  }

  private Copied runOf(SignedFolder other, Checkpoint older) throws Exception {
    SignedNote note = new PublishedLog(other.folder()).checkpoint().orElseThrow();
    return LogCopy.run(
        new PublishedLog(other.folder()),
        note,
        Checkpoint.parse(note.text()),
        older,
        copy,
        _ -> {});
  }

  private Checkpoint now() throws Exception {
    return Checkpoint.parse(copy.checkpoint().orElseThrow().text());
  }

  private void verifies(int size) throws Exception {
    assertThat(now().size()).isEqualTo(size);
    assertThat(now().root()).isEqualTo(log.root(size));
    List<Finding> findings = new ArrayList<>();
    PublishedLogVerifier.verify(copy, now(), findings::add);
    assertThat(findings).isEmpty();
    assertThat(copy.read(TilePath.entries(0, Math.min(size, 256)))).isNotEmpty();
  }

  /** Names and digests of all files but the key, which the caller writes. */
  private List<String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(
              file -> !file.endsWith("vkey") && !file.endsWith("keys") && !file.endsWith(".lock"))
          .map(file -> root.relativize(file) + " " + digest(file))
          .sorted()
          .toList();
    }
  }

  private static String digest(Path file) {
    try {
      return ContentDigest.of(Files.readAllBytes(file)).hex();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
