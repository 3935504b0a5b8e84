package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.witness.SampleLog;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAnchorTest {

  @TempDir private Path folder;

  private final SampleLog log = new SampleLog("example.com/log");

  @Test
  void eachCheckpointIsALineMoreAndNothingElseChanges() throws Exception {
    assertThat(anchor(3)).isEqualTo("kept.txt at byte 0");
    byte[] first = Files.readAllBytes(file());
    assertThat(anchor(5)).isEqualTo("kept.txt at byte " + first.length);
    assertThat(Files.readAllBytes(file())).startsWith(first);
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(2);
    String[] words = lines.get(1).split(" ");
    assertThat(words).hasSize(4).startsWith("5", log.checkpoint(5).root().base64());
    assertThat(words[2]).isEqualTo("2026-11-21T18:00:00Z");
    assertThat(Base64.getDecoder().decode(words[3]))
        .isEqualTo(log.signed(log.checkpoint(5)).bytes());
  }

  @Test
  void aRollbackOrAForkIsNotWrittenOver() throws Exception {
    anchor(5);
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> anchor(3)).hasMessageContaining("larger log, of 5 entries");
    var forked = new Checkpoint("example.com/log", 5, TreeHash.EMPTY);
    assertThatThrownBy(() -> subject().anchor(forked, log.signed(forked)))
        .hasMessageContaining("another root");
    assertThat(file()).hasBinaryContent(before);
    anchor(5);
    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void whatACrashLeftOfALineStaysAndTheNextBeginsANewOne() throws Exception {
    anchor(5);
    Files.writeString(file(), "7 abc", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> anchor(3)).hasMessageContaining("larger log, of 5 entries");
    anchor(8);
    List<String> lines = Files.readAllLines(file(), StandardCharsets.UTF_8);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("7 abc");
    assertThat(lines.get(2)).startsWith("8 ");
  }

  private Path file() {
    return folder.resolve("kept.txt");
  }

  private FileAnchor subject() {
    return new FileAnchor(
        "paper", file(), InstantSource.fixed(Instant.parse("2026-11-21T18:00:00Z")));
  }

  private String anchor(long size) throws Exception {
    Checkpoint checkpoint = log.checkpoint(size);
    return new String(
        subject().anchor(checkpoint, log.signed(checkpoint)).answer(), StandardCharsets.UTF_8);
  }
}
