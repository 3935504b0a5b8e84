package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.publish.FailingDisk;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.kernel.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five entries and the one of the key were sealed when something is done to the log. */
class HaltingTest {

  private static final Actor ANNA = Actor.principal("anna");

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();

  @BeforeEach
  void seal() {
    for (int i = 1; i <= 5; i++) {
      log.append(i, 0);
    }
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitSealed(6);
    }
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aRestoredDatabaseIsHaltedBeforeTheStartIsOver() throws Exception {
    log.rollBack(3);
    try (AuditNode node = AuditNode.on(log, folder).made()) {
      node.sealing.start();
      Halt halt = log.halts().current().orElseThrow(() -> new AssertionError("not halted"));
      assertThat(halt.reason()).isEqualTo("ROLLED_BACK");
      assertThat(halt.index()).isEqualTo(3);
      assertThat(halt.words()).contains("6 entries were sealed", "countersign audit restart");
      assertThatThrownBy(() -> log.append(9, 0)).isInstanceOf(LogHaltedException.class);
      assertThat(log.reader().head().orElseThrow().lastIndex()).isEqualTo(2);
    }
  }

  @Test
  void aRowThatWasOnlyRemovedComesBack() throws Exception {
    log.rollBack(3);
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitState(Sealing.State.HALTED);
      log.halts().clear();
      AuditNode.eventually(() -> isHalted());
    }
  }

  @Test
  void whoSealsNoticesARestoreWhileItRunsAndWhoStandsByHearsOfIt() {
    try (AuditNode first = AuditNode.on(log, folder).started().awaitState(Sealing.State.SEALS);
        AuditNode second = AuditNode.on(log, folder).started()) {
      log.rollBack(3);
      first.awaitState(Sealing.State.HALTED);
      second.awaitState(Sealing.State.HALTED);
      assertThat(first.gauge("countersign.audit.halted")).isOne();
      AuditNode.eventually(() -> second.gauge("countersign.audit.halted") == 1);
      assertThat(isHalted()).isTrue();
    }
  }

  @Test
  void aRestartGoesOnUnderAnotherOriginBesideTheOldFolderAndSaysSoInTheLog() throws Exception {
    String formerNote = Files.readString(folder.resolve("log/checkpoint"));
    log.rollBack(3);
    try (AuditNode first = AuditNode.on(log, folder).started();
        AuditNode second = AuditNode.on(log, folder).started()) {
      Map<String, String> before = files(folder.resolve("log"));
      first.awaitState(Sealing.State.HALTED);
      assertThat(AuditNode.decided(second.sealing.restart("the backup was older", ANNA)))
          .contains("example.com/log/2", "log-2", "3 entries");
      AuditNode.eventually(() -> first.sealed() == 5 || second.sealed() == 5);
      AuditNode sealing = second.sealed() == 5 ? second : first;
      assertThat(files(folder.resolve("log"))).containsExactlyEntriesOf(before);
      assertThat(sealing.policy().origin()).isEqualTo("example.com/log/2");
      var outsider =
          new Outsider(folder.resolve("log-2"), sealing.policy().lines().getFirst().key());
      outsider.look();
      assertThat(
              log.texts(
                  "select name || ' ' || actor || ' ' || convert_from(payload, 'UTF8')"
                      + " from eventlog.entry where index >= 3 order by index"))
          .satisfiesExactly(
              restarted ->
                  assertThat(restarted)
                      .startsWith("auditlog.LogRestarted principal:anna ")
                      .contains(
                          "\"origin\":\"example.com/log/2\"",
                          "\"formerOrigin\":\"example.com/log\"",
                          "\"keptSize\":3",
                          "the backup was older",
                          formerNote.lines().toList().get(2)),
              introduced -> assertThat(introduced).startsWith("auditlog.KeyIntroduced"));
      log.append(9, 0);
      sealing.awaitSealed(6);
      outsider.look();
      refused(sealing.sealing.restart("once more", ANNA), "not halted");
    }
    try (AuditNode again = AuditNode.on(log, folder).started()) {
      again.awaitSealed(6);
    }
  }

  /** Before every step the disk sees; what a crash leaves is either undecided or done once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestartThatIsCutAtAnyStepIsUndecidedOrDone(boolean powerFails) throws Exception {
    int deaths = 0;
    boolean wasUndecided = false;
    boolean wasDecided = false;
    Set<String> origins = new HashSet<>(Set.of(AuditNode.ORIGIN));
    for (int step = 0; step < 80 && deaths == step; step++) {
      rollBackAfterSealing(100 + step);
      var disk = new FailingDisk(step, powerFails).publishedLog(folder.resolve("log"));
      AuditNode dying = AuditNode.on(log, folder).published(disk).made();
      Halt halt = halted(dying);
      try {
        dying.resumption.restart(halt, "cut", ANNA);
        dying.resumption.prepared().seal();
      } catch (FailingDisk.Died _) {
        deaths++;
      }
      AuditNode after = AuditNode.on(log, folder).made();
      if (after.resumption.undecided().isPresent()) {
        wasUndecided = true;
        after.resumption.restart(halt, "again", ANNA);
      } else {
        wasDecided = true;
      }
      after.resumption.prepared().seal();
      assertThat(count("LogRestarted")).isEqualTo(step + 1);
      assertThat(count("KeyIntroduced")).isEqualTo(step + 2);
      assertThat(origins.add(after.policy().origin())).as("an origin of its own").isTrue();
      new Outsider(after.published.folder(), after.policy().lines().getFirst().key()).look();
      log.append(1_000 + step, 0);
    }
    assertThat(deaths).as("steps that there are").isBetween(15, 79);
    assertThat(wasUndecided && wasDecided).isTrue();
  }

  private void rollBackAfterSealing(int workItem) throws Exception {
    log.append(workItem, 0);
    Sealer sealer = AuditNode.on(log, folder).made().resumption.prepared();
    sealer.seal();
    log.rollBack(sealer.size() - 1);
  }

  private Halt halted(AuditNode node) throws Exception {
    try {
      node.resumption.prepared();
      throw new AssertionError("this goes on");
    } catch (SealingHaltedException e) {
      assertThat(e.reason()).isEqualTo(SealingHaltedException.Reason.ROLLED_BACK);
      node.resumption.halt(e);
    }
    return log.halts().current().orElseThrow();
  }

  private long count(String event) {
    return log.texts("select name from eventlog.entry where name = 'auditlog.%s'".formatted(event))
        .size();
  }

  @Test
  void aFolderThatIsGoneIsNotBegunAnewUnderTheSameOrigin() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("log"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitState(Sealing.State.HALTED);
      assertThat(log.halts().current().orElseThrow().reason()).isEqualTo("PUBLISHED_MISSING");
      AuditNode.decided(node.sealing.restart("the disk is lost", ANNA));
      node.awaitSealed(8);
      assertThat(node.policy().origin()).isEqualTo("example.com/log/2");
    }
  }

  /** What is sealed already is for who verifies; it must not keep the rest from being sealed. */
  @Test
  void anEntryOfAKeyThatWasMadeUnreadableDoesNotStopTheSealer() {
    log.tamper("update eventlog.entry set payload = '\\x00' where aggregate_type = 'auditlog'");
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      log.append(9, 0);
      node.awaitSealed(7);
    }
  }

  @Test
  void aDamagedEntryIsGoneOnFromOnlyWhenItIsAsItWas() throws Exception {
    log.append(6, 0);
    log.tamper("update eventlog.entry set metadata = metadata || ' ' where index = 6");
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitState(Sealing.State.HALTED);
      refused(node.sealing.resume("I believe it is fine", ANNA), "not sound yet");
      refused(node.sealing.restart("go on", ANNA), "nothing to begin anew");
      refused(node.sealing.rotateKey("go on", ANNA), "halted");
      assertThat(isHalted()).isTrue();
      log.tamper(
          "update eventlog.entry set metadata = substr(metadata, 1, octet_length(metadata) - 1)"
              + " where index = 6");
      assertThat(AuditNode.decided(node.sealing.resume("restored from a copy", ANNA)))
          .contains("sound again");
      node.awaitSealed(8);
      assertThat(isHalted()).isFalse();
      assertThat(
              log.texts("select actor from eventlog.entry where name = 'auditlog.SealingResumed'"))
          .containsExactly("principal:anna");
    }
  }

  private boolean isHalted() {
    try {
      return log.halts().current().isPresent();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(CompletableFuture<String> decision, String words) {
    assertThatThrownBy(() -> AuditNode.decided(decision))
        .hasCauseInstanceOf(DecisionRefusedException.class)
        .hasMessageContaining(words);
  }

  private static Map<String, String> files(Path root) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
