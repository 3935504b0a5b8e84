package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.key.KeyFiles;
import io.countersign.audit.key.KeyVariable;
import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.FailingDisk;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.kernel.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyChangesTest {

  private static final Actor ANNA = Actor.principal("anna");

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aKeyThatIsGoneIsNeverMadeAnewAndItsReturnIsAllThatIsNeeded() throws Exception {
    sealed();
    byte[] key = Files.readAllBytes(file());
    Files.delete(file());
    refused("is not in", "bring it back");
    assertThat(file()).doesNotExist();
    assertThat(log.halts().current().orElseThrow().reason()).isEqualTo("KEY_MISSING");
    assertThatThrownBy(() -> log.append(9, 0)).isInstanceOf(LogHaltedException.class);
    Files.write(file(), key);
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      log.append(9, 0);
      node.awaitSealed(4);
    }
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    sealed();
    Files.delete(file());
    new LogKeyFile(file()).create();
    refused("another key than", "bring that one back");
    assertThat(log.halts().current().orElseThrow().reason()).isEqualTo("KEY_FOREIGN");
  }

  @Test
  void aLogSealedBeforeThereWasAPolicyGetsOneFromTheKeyThatSignedIt() throws Exception {
    sealed();
    log.tamper("delete from eventlog.entry where aggregate_type = 'auditlog'");
    Files.delete(folder.resolve("log/keys"));
    Files.delete(folder.resolve("log/checkpoint"));
    try (AuditNode node = AuditNode.on(log, folder).made()) {
      LogKeys keys = LogKeys.of(signer());
      Sealer.resume(log.reader(), node.published, keys).seal();
      Sealer later = node.resumption.prepared();
      assertThat(node.policy().names(signer().verifierKey())).isTrue();
      assertThat(later.seal()).as("the entry of the key").isOne();
    }
  }

  @Test
  void bothKeysSignUntilTheOverlapIsOverAndEachIsGoodInItsRange() throws Exception {
    sealed();
    SignedNote before = note();
    KeyPolicy first;
    SignedNote both;
    try (AuditNode node = AuditNode.on(log, folder).clock(clock).started()) {
      node.awaitSealed(3);
      first = node.policy();
      AuditNode.decided(node.sealing.rotateKey("the old one is a year old", ANNA));
      node.awaitSealed(4);
      both = note();
      assertThat(both.signatures()).hasSize(2);
      assertThat(first.checkpoint(both).size()).as("for who has the old key").isEqualTo(4);
      assertThat(KeyPolicy.of(node.policy().lines().getLast().key()).checkpoint(both).size())
          .as("for who has the new key")
          .isEqualTo(4);
      assertThatThrownBy(() -> AuditNode.decided(node.sealing.rotateKey("and once more", ANNA)))
          .hasMessageContaining("not over yet");
    }
    now.set(now.get().plus(AuditNode.OVERLAP).minus(Duration.ofSeconds(1)));
    try (AuditNode node = AuditNode.on(log, folder).clock(clock).started()) {
      log.append(9, 0);
      node.awaitSealed(5);
      assertThat(note().signatures()).as("after a restart within the overlap").hasSize(2);
      now.set(now.get().plusSeconds(1));
      node.awaitSealed(6);
      KeyPolicy policy = node.policy();
      assertThat(note().signatures()).hasSize(1);
      assertThat(policy.checkpoint(note()).size()).isEqualTo(6);
      assertThat(policy.checkpoint(before).size()).isEqualTo(3);
      assertThat(policy.checkpoint(both).size()).isEqualTo(4);
      assertThatThrownBy(() -> first.checkpoint(note())).isInstanceOf(NoteRefusedException.class);
      assertThat(policy.lines())
          .extracting(line -> line.first() + " " + line.last())
          .containsExactly("1 5", "4 null");
      assertThat(folder.resolve("log/vkey")).hasContent(policy.lines().getLast().key().toString());
    }
    assertThat(
            log.texts(
                "select name || ' ' || actor from eventlog.entry"
                    + " where aggregate_type = 'auditlog' order by index"))
        .containsExactly(
            "auditlog.KeyIntroduced automation:audit",
            "auditlog.KeyRotated principal:anna",
            "auditlog.KeyRetired automation:audit");
    Files.delete(file());
    try (AuditNode node = AuditNode.on(log, folder).clock(clock).started()) {
      node.awaitSealed(6);
    }
  }

  /** The old key may be gone before the overlap is over, when somebody else has it for example. */
  @Test
  void anOldKeyThatIsTakenAwayIsRetiredAtOnce() throws Exception {
    sealed();
    try (AuditNode node = AuditNode.on(log, folder).clock(clock).started()) {
      AuditNode.decided(node.sealing.rotateKey("it was in a backup", ANNA));
      node.awaitSealed(4);
    }
    Files.delete(file());
    try (AuditNode node = AuditNode.on(log, folder).clock(clock).started()) {
      node.awaitSealed(5);
      assertThat(note().signatures()).hasSize(1);
      assertThat(node.policy().lines().getFirst().isOpen()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRotationThatIsCutAtAnyStepDidNotHappenOrIsCompleted(boolean powerFails) throws Exception {
    sealed();
    int deaths = 0;
    int rotations = 0;
    for (int step = 0; step < 60 && deaths == step; step++) {
      var disk = new FailingDisk(step, powerFails).publishedLog(folder.resolve("log"));
      AuditNode dying = AuditNode.on(log, folder).clock(clock).published(disk).made();
      Sealer rotating = dying.resumption.prepared();
      try {
        rotating.use(dying.keyBook.rotate(rotating.keys(), rotating.size(), "cut", ANNA));
        rotating.seal();
      } catch (FailingDisk.Died _) {
        deaths++;
      }
      AuditNode after = AuditNode.on(log, folder).clock(clock).made();
      Sealer sealer = after.resumption.prepared();
      log.append(100 + step, 0);
      sealer.seal();
      boolean happened = after.policy().lines().size() > rotations + 1;
      rotations += happened ? 1 : 0;
      assertThat(log.texts("select name from eventlog.entry where name = 'auditlog.KeyRotated'"))
          .hasSize(rotations);
      assertThat(note().signatures()).hasSize(happened ? 2 : 1);
      assertThat(after.policy().checkpoint(note()).size()).isEqualTo(sealer.size());
      assertThat(folder.resolve("log/.pending")).doesNotExist();
      now.set(now.get().plus(AuditNode.OVERLAP));
      sealer.use(after.keyBook.retire(sealer.keys(), sealer.size()));
      sealer.seal();
      if (happened) {
        destroyRetired();
      }
    }
    assertThat(deaths).as("steps that there are").isBetween(10, 59);
    assertThat(rotations).isBetween(1, deaths);
  }

  private void destroyRetired() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> keys =
          files
              .filter(Files::isRegularFile)
              .sorted(
                  Comparator.comparing(file -> "%04d%s".formatted(file.toString().length(), file)))
              .toList();
      for (Path retired : keys.subList(0, keys.size() - 1)) {
        Files.delete(retired);
      }
    }
  }

  @Test
  void aSecondSignatureIsInForceFromItsFirstSizeOn() throws Exception {
    sealed();
    try (AuditNode node = AuditNode.on(log, folder).second().started()) {
      node.awaitSealed(4);
      assertThat(note().signatures()).hasSize(2);
      assertThat(node.policy().checkpoint(note()).size()).isEqualTo(4);
      var onlyFirst = new SignedNote(note().text(), note().signatures().subList(0, 1));
      KeyPolicy policy = node.policy();
      assertThatThrownBy(() -> policy.checkpoint(onlyFirst))
          .isInstanceOf(NoteRefusedException.class);
    }
    Files.move(folder.resolve("second.key"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> AuditNode.on(log, folder).second().started())
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining("second.key");
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitSealed(5);
      assertThat(note().signatures()).hasSize(1);
      assertThat(node.policy().checkpoint(note()).size()).isEqualTo(5);
    }
  }

  @Test
  void aKeyInAnEnvironmentVariableSignsAndIsNotMadeThere() throws Exception {
    log.append(1, 0);
    assertThatThrownBy(() -> AuditNode.on(log, folder).source(variable(null)).started())
        .isInstanceOf(LogKeyException.class)
        .hasMessageContaining("LOG_KEY")
        .hasMessageContaining("openssl genpkey");
    var files = new KeyFiles(folder.resolve("elsewhere/log.key"), SignatureType.ED25519);
    files.create();
    String old = Files.readString(folder.resolve("elsewhere/log.key"));
    try (AuditNode node = AuditNode.on(log, folder).source(variable(old)).started()) {
      node.awaitSealed(2);
      assertThatThrownBy(() -> AuditNode.decided(node.sealing.rotateKey("no new one", ANNA)))
          .hasMessageContaining("not in use yet");
    }
    files.create();
    String next = Files.readString(folder.resolve("elsewhere/log.key.2"));
    try (AuditNode node = AuditNode.on(log, folder).source(variable(old + next)).started()) {
      AuditNode.decided(node.sealing.rotateKey("made ready", ANNA));
      node.awaitSealed(3);
      assertThat(note().signatures()).hasSize(2);
    }
    assertThat(file()).doesNotExist();
    assertThatThrownBy(() -> variable("no key").keys())
        .isInstanceOf(LogKeyException.class)
        .hasMessageNotContaining("no key");
  }

  private static KeyVariable variable(String text) {
    return new KeyVariable("LOG_KEY", text, SignatureType.ED25519);
  }

  private void sealed() {
    log.append(1, 0);
    log.append(2, 0);
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitSealed(3);
    }
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> AuditNode.on(log, folder).started())
        .isInstanceOf(LogKeyException.class)
        .message()
        .contains(words);
  }

  private NoteSigner signer() {
    return new NoteSigner(
        AuditNode.ORIGIN, SignatureType.ED25519, new LogKeyFile(file()).read(), clock);
  }

  private SignedNote note() throws Exception {
    return SignedNote.parse(Files.readAllBytes(folder.resolve("log/checkpoint")));
  }

  private Path file() {
    return folder.resolve("log.key");
  }
}
