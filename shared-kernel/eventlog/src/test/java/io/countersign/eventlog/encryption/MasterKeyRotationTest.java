package io.countersign.eventlog.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.encryption.KeyRing.DataKey;
import io.countersign.eventlog.encryption.KeyRing.Lookup;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another master key, the same data keys. */
class MasterKeyRotationTest {

  private static final KeyOwner ADA = new KeyOwner("person:00000000-0000-4000-8000-00000000000a");
  private static final KeyOwner BOB = new KeyOwner("person:00000000-0000-4000-8000-00000000000b");

  private final LogDatabase database = new LogDatabase();
  private final SecureRandom random = new SecureRandom();

  @TempDir Path directory;
  private MasterKeyFile file;
  private DataKey ada;
  private UUID bob;

  @BeforeEach
  void keys() {
    file = new MasterKeyFile(directory.resolve("master.key"));
    try (var ring = ring()) {
      ada = ring.keyFor(ADA, "identity");
      bob = ring.keyFor(BOB, "identity").id();
      ring.destroy(BOB);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyDataKeyOpensWithTheNewKeyAndTheOldOneIsRefused() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    assertThat(rotation().rotate()).isEqualTo(1);
    assertThat(Files.readAllBytes(file.path())).isNotEqualTo(before);
    assertThat(Files.readAllBytes(file.old())).isEqualTo(before);
    try (var ring = ring()) {
      assertThat(ring.find(ada.id())).isEqualTo(new Lookup.Found(ada));
      assertThat(ring.find(bob))
          .as("what was destroyed stays so")
          .isEqualTo(new Lookup.Destroyed(bob));
      assertThat(ring.keyFor(ADA, "content")).isNotNull();
    }
    Files.write(file.path(), before);
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(this::open)
        .withMessageContaining("not the master key of this database");
  }

  @Test
  void aRotationThatTheDatabaseNeverTookIsTakenBack() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    file.createNext(random); // killed here
    open();
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    assertThat(directory.resolve("master.key.new")).doesNotExist();
    Files.write(directory.resolve("master.key.new"), new byte[7]); // killed while writing
    open();
    assertThat(directory.resolve("master.key.new")).doesNotExist();
    assertThat(rotation().rotate()).isEqualTo(1);
  }

  @Test
  void aRotationThatTheDatabaseTookIsFinishedByTheNextStart() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    rotation().rotate();
    byte[] after = Files.readAllBytes(file.path());
    // killed before the first renaming
    Files.move(file.path(), directory.resolve("master.key.new"));
    Files.move(file.old(), file.path());
    open();
    assertThat(Files.readAllBytes(file.path())).isEqualTo(after);
    assertThat(Files.readAllBytes(file.old())).isEqualTo(before);
    // killed between the two
    Files.move(file.path(), directory.resolve("master.key.new"));
    try (var ring = ring()) {
      assertThat(ring.find(ada.id())).isEqualTo(new Lookup.Found(ada));
    }
  }

  @Test
  void whileANodeRunsNothingIsRotated() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    try (var ring = ring();
        var node = new KeyHolder(database.address(), ring, Clock.systemUTC(), new UUID(0, 1))) {
      node.look();
      assertThatExceptionOfType(MasterKeyException.class)
          .isThrownBy(() -> rotation().rotate())
          .withMessageContaining("1 node(s) run");
    }
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    assertThat(rotation().rotate()).isEqualTo(1);
  }

  @Test
  void aRowThatDoesNotOpenStopsItAndNothingIsChanged() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    try (var ring = ring()) {
      ring.keyFor(new KeyOwner("workitem:fabrikam:1"), "content");
    }
    database.execute(
        "update eventlog.data_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)"
            + " where owner = 'workitem:fabrikam:1'");
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> rotation().rotate())
        .withMessageContaining("does not open with this master key");
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    try (var ring = ring()) {
      assertThat(ring.find(ada.id())).isEqualTo(new Lookup.Found(ada));
    }
  }

  @Test
  void theKeyFromTheRotationBeforeIsNotOverwritten() {
    rotation().rotate();
    assertThatExceptionOfType(MasterKeyException.class)
        .isThrownBy(() -> rotation().rotate())
        .withMessageContaining("master.key.old");
  }

  private MasterKeyRotation rotation() {
    return new MasterKeyRotation(file, database.pool(), random);
  }

  private MasterKey open() {
    return file.open(database.pool(), Clock.systemUTC(), random);
  }

  private JdbcKeyRing ring() {
    return new JdbcKeyRing(database.address(), open(), Clock.systemUTC(), random);
  }
}
