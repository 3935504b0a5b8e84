package io.countersign.eventlog.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.LogDatabase;
import io.countersign.kernel.privacy.KeyOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {

  private final LogDatabase database = new LogDatabase();
  private final SecureRandom random = new SecureRandom();

  @TempDir Path directory;

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theFirstStartCreatesTheFileForItsOwnerOnlyAndTheNextStartReadsIt() throws IOException {
    Path file = directory.resolve("keys/master.key");
    MasterKey created = open(file);
    assertThat(Files.size(file)).isEqualTo(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(open(file).checkValue()).isEqualTo(created.checkValue());
    assertThat(created).hasToString("MasterKey");
  }

  @Test
  void aFileThatOthersMayReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
    Path file = directory.resolve("master.key");
    open(file);
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rwx------", "rw--w----"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatExceptionOfType(MasterKeyException.class)
          .as(mode)
          .isThrownBy(() -> open(file))
          .withMessageContaining("chmod 600 " + file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(open(file)).isNotNull();
  }

  @Test
  void aMissingFileIsRefusedAndNotCreatedOnceTheDatabaseHoldsAWrappedKey() throws IOException {
    Path file = directory.resolve("master.key");
    wrapAKey(open(file));
    Files.delete(file);
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> open(file))
        .withMessageContaining("is missing")
        .withMessageContaining("from your backup");
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherMasterKeyIsRefusedOnceTheDatabaseHoldsAWrappedKey() throws IOException {
    Path file = directory.resolve("master.key");
    wrapAKey(open(file));
    byte[] right = Files.readAllBytes(file);
    byte[] wrong = right.clone();
    wrong[31] ^= 1;
    Files.write(file, wrong);
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> open(file))
        .withMessageContaining("is not the master key of this database");
    Files.write(file, right);
    assertThat(open(file)).isNotNull();
    database.execute("delete from eventlog.master_key");
    assertThatExceptionOfType(MasterKeyException.class).isThrownBy(() -> open(file));
  }

  @Test
  void aSecondNodeIsRefusedWithoutTheFirstOnesFileEvenBeforeAKeyIsWrapped() throws IOException {
    Path file = directory.resolve("master.key");
    MasterKey first = open(file);
    Path second = directory.resolve("second.key");
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> open(second))
        .withMessageContaining("copy it from another node");
    assertThat(second).doesNotExist();
    byte[] other = Files.readAllBytes(file);
    other[0] ^= 1;
    Files.write(second, other);
    Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("rw-------"));
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> open(second))
        .withMessageContaining("is not the master key of this database");
    wrapAKey(first);
  }

  @Test
  void aFileWhoseStartWasInterruptedIsTakenByTheNextOne() throws IOException {
    Path file = directory.resolve("master.key");
    MasterKey key = open(file);
    database.execute("delete from eventlog.master_key");
    assertThat(open(file).checkValue()).isEqualTo(key.checkValue());
  }

  @Test
  void aFileOfAnotherLengthIsRefused() throws IOException {
    Path file = directory.resolve("master.key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> open(file))
        .withMessageContaining("has 0 bytes");
  }

  @Test
  void twoNodesThatStartAtOnceWithOneFileGetTheSameKey() throws Exception {
    Path file = directory.resolve("master.key");
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<String> start = () -> new String(open(file).checkValue(), "ISO-8859-1");
      var started = threads.invokeAll(java.util.Collections.nCopies(4, start));
      String first = started.getFirst().get();
      for (var node : started) {
        assertThat(node.get()).isEqualTo(first);
      }
    }
  }

  private MasterKey open(Path file) {
    return new MasterKeyFile(file).open(database.pool(), Clock.systemUTC(), random);
  }

  private void wrapAKey(MasterKey key) {
    try (var ring = new JdbcKeyRing(database.address(), key, Clock.systemUTC(), random)) {
      ring.keyFor(new KeyOwner("workitem:fabrikam:1"), "content");
    }
  }
}
