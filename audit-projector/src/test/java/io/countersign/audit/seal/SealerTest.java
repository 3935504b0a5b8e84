package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.FailingDisk;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.SealingHaltedException.Reason;
import io.countersign.audit.verify.StoredLog;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.eventlog.read.JdbcLogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {

  private static final int ENTRIES = 600;

  @TempDir private Path folder;

  /** Shared: writing it takes longer than all the tests. Who changes entries takes his own. */
  private static final StoredLog STORED = new StoredLog(ENTRIES);

  private Growing log = new Growing(new JdbcLogReader(STORED.dataSource()));
  private final NoteSigner signer = signer();

  @AfterAll
  static void close() {
    STORED.close();
  }

  @Test
  void whatGrowsIsSealedInStepsAndFromOneStartToTheNext() throws Exception {
    var outsider = new Outsider(folder, signer.verifierKey());
    for (int size : new int[] {0, 1, 1, 2, 255, 256, 257, 511, 512, 600}) {
      log.size = size;
      Sealer sealer = sealer();
      long before = sealer.size();
      assertThat(sealer.seal()).isEqualTo(size - before);
      assertThat(sealer.seal()).isZero();
      outsider.look();
      assertThat(outsider.size()).isEqualTo(size);
    }
  }

  @Test
  void nothingNewSignsNothingNew() throws Exception {
    log.size = 10;
    sealer().seal();
    byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
    var time = Files.getLastModifiedTime(folder.resolve("checkpoint"));
    assertThat(sealer().seal()).isZero();
    assertThat(folder.resolve("checkpoint")).hasBinaryContent(checkpoint);
    assertThat(Files.getLastModifiedTime(folder.resolve("checkpoint"))).isEqualTo(time);
  }

  @Test
  void partialFilesGoWhenTheFullOneIsThere() throws Exception {
    log.size = 200;
    sealer().seal();
    assertThat(folder.resolve("tile/0/000.p/200")).exists();
    log.size = 300;
    sealer().seal();
    assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
    assertThat(folder.resolve("tile/entries/000.p")).doesNotExist();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "checkpoint",
              "tile/0/000",
              "tile/0/001.p/44",
              "tile/1/000.p/1",
              "tile/entries/000",
              "tile/entries/001.p/44");
    }
  }

  /**
   * The process dies, or power fails, before every single step that the disk sees, while the log
   * grows over the end of a tile. What an outsider sees holds after each, and goes on.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noStepAtWhichItDiesYieldsAForkOrALoss(boolean powerFails) throws Exception {
    var random = new Random(3);
    int deaths = 0;
    for (int step = 0; step < 60 && deaths == step; step++) {
      Path here = folder.resolve("at-" + step);
      var outsider = new Outsider(here, signer.verifierKey());
      log.size = 250 + random.nextInt(6);
      Sealer.resume(log, new PublishedLog(here), LogKeys.of(signer)).seal();
      outsider.look();
      log.size = 256 + random.nextInt(40);
      try {
        Sealer.resume(log, new FailingDisk(step, powerFails).publishedLog(here), LogKeys.of(signer))
            .seal();
      } catch (FailingDisk.Died died) {
        deaths++;
      }
      outsider.look();
      log.size += random.nextInt(300);
      Sealer again = Sealer.resume(log, new PublishedLog(here), LogKeys.of(signer));
      again.seal();
      outsider.look();
      assertThat(outsider.size()).isEqualTo(log.size);
    }
    assertThat(deaths).as("steps that there are").isBetween(15, 59);
  }

  @Test
  void aDatabaseRestoredFromAnOlderStateIsNotSealedOver() throws Exception {
    log.size = 300;
    sealer().seal();
    log.size = 280;
    halted(Reason.ROLLED_BACK, 280);
    log.size = 0;
    halted(Reason.ROLLED_BACK, 0);
  }

  /** Restored, and grown past the seal, between two looks of the same sealer. */
  @Test
  void aDatabaseThatIsRestoredWhileTheSealerRunsIsNoticedAtItsNextLook() throws Exception {
    log.size = 300;
    Sealer running = sealer();
    running.seal();
    log.size = 280;
    assertThatThrownBy(running::seal)
        .isInstanceOfSatisfying(
            SealingHaltedException.class,
            halt -> {
              assertThat(halt.reason()).isEqualTo(Reason.ROLLED_BACK);
              assertThat(halt.index()).isEqualTo(280);
            });
  }

  @Test
  void anotherHistoryIsNotSealedOverAndTheFirstOtherEntryIsNamed() throws Exception {
    try (var own = new StoredLog(60)) {
      log = new Growing(new JdbcLogReader(own.dataSource()));
      log.size = 60;
      sealer().seal();
      own.execute(
          "update eventlog.entry set entry = set_byte(entry, 150, get_byte(entry, 150) # 1)"
              + " where index >= 37");
      halted(Reason.FORKED, 37);
      log.size = 50;
      halted(Reason.FORKED, 37);
    }
  }

  @Test
  void aDamagedEntryStopsSealingBeforeIt() throws Exception {
    try (var own = new StoredLog(60)) {
      own.execute(
          "update eventlog.entry set payload = set_byte(payload, 3, get_byte(payload, 3) # 1)"
              + " where index = 40");
      log = new Growing(new JdbcLogReader(own.dataSource()));
      log.size = 60;
      assertThatThrownBy(() -> sealer().seal())
          .isInstanceOfSatisfying(
              SealingHaltedException.class,
              halt -> {
                assertThat(halt.reason()).isEqualTo(Reason.ENTRY_DAMAGED);
                assertThat(halt.index()).isEqualTo(40);
              });
    }
    var outsider = new Outsider(folder, signer.verifierKey());
    outsider.look();
    assertThat(outsider.size()).isEqualTo(40);
  }

  @Test
  void damagedFilesAndForeignCheckpointsAreNotGoneOnFrom() throws Exception {
    log.size = 300;
    sealer().seal();
    byte[] tile = Files.readAllBytes(folder.resolve("tile/0/001.p/44"));
    byte[] damaged = tile.clone();
    damaged[5] ^= 1;
    Files.write(folder.resolve("tile/0/001.p/44"), damaged);
    halted(Reason.PUBLISHED_DAMAGED, 299);
    Files.delete(folder.resolve("tile/0/001.p/44"));
    halted(Reason.PUBLISHED_DAMAGED, 299);
    Files.write(folder.resolve("tile/0/001.p/44"), tile);
    assertThatThrownBy(() -> Sealer.resume(log, new PublishedLog(folder), LogKeys.of(signer())))
        .isInstanceOfSatisfying(
            SealingHaltedException.class,
            halt -> assertThat(halt.reason()).isEqualTo(Reason.FOREIGN_CHECKPOINT));
    Files.writeString(folder.resolve("checkpoint"), "nothing\n");
    halted(Reason.FOREIGN_CHECKPOINT, 0);
  }

  @Test
  void onlyOneWritesAFolder() throws Exception {
    var published = new PublishedLog(folder);
    try (var lock = published.tryLock().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(new PublishedLog(folder).tryLock()).isEmpty();
    }
    published.tryLock().orElseThrow().close();
  }

  private void halted(Reason reason, long index) {
    assertThatThrownBy(this::sealer)
        .isInstanceOfSatisfying(
            SealingHaltedException.class,
            halt -> {
              assertThat(halt.reason()).isEqualTo(reason);
              assertThat(halt.index()).isEqualTo(index);
            });
  }

  private Sealer sealer() throws Exception {
    return Sealer.resume(log, new PublishedLog(folder), LogKeys.of(signer));
  }

  private static NoteSigner signer() {
    try {
      return new NoteSigner(
          "example.com/log",
          SignatureType.ED25519,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
