package io.countersign.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

  @TempDir Path folder;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    DataDirectory directory = new DataDirectory(folder.resolve("a/b")).prepared();
    assertThat(Files.getPosixFilePermissions(directory.path()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isRefusedWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> new DataDirectory(file).prepared())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot write to the data directory");
  }

  @Test
  void whoeverLocksItSecondIsToldWhoHasIt() throws IOException {
    DataDirectory directory = new DataDirectory(folder).prepared();
    try (var lock = directory.lock()) {
      assertThat(lock).isNotNull();
      assertThat(directory.tryLock()).isEmpty();
      assertThatThrownBy(directory::lock)
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    try (var again = directory.lock()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void askingAgainInTheSameProcessDoesNotLetOthersIn() throws Exception {
    Path stranger =
        Files.writeString(
            folder.resolve("Stranger.java"),
            """
            void main(String[] file) throws Exception {
              try (var channel = java.nio.channels.FileChannel.open(
                  java.nio.file.Path.of(file[0]), java.nio.file.StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? 0 : 42);
              }
            }
            """);
    DataDirectory directory = new DataDirectory(folder.resolve("data")).prepared();
    try (var lock = directory.lock()) {
      assertThat(lock).isNotNull();
      assertThat(directory.tryLock()).isEmpty();
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  stranger.toString(),
                  directory.path().resolve("countersign.lock").toString())
              .inheritIO()
              .start();
      assertThat(other.waitFor()).as("0: it is locked").isZero();
    }
  }

  @Test
  void secretsAreWrittenForTheirOwnerAndKept() throws IOException {
    SecretFile file = new DataDirectory(folder).webhookSecret();
    String secret = file.readOrCreate();
    assertThat(secret).matches("[A-Za-z0-9_-]{43}");
    assertThat(file.readOrCreate()).isEqualTo(secret);
    assertThat(Files.getPosixFilePermissions(file.path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aSecretThatOthersCanReadIsNamed() throws IOException {
    var directory = new DataDirectory(folder.resolve("secrets")).prepared();
    directory.operatorToken().write("a");
    directory.webhookSecret().write("b");
    assertThat(directory.openToOthers()).isEmpty();
    Files.setPosixFilePermissions(
        directory.operatorToken().path(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(directory.openToOthers()).containsExactly(directory.operatorToken().path());
  }
}
