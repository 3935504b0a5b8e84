package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.key.LogKeyException;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.LogHaltedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is gone and a new one took its place, and what was published is still there. */
class WipedDatabaseTest {

  @TempDir private Path folder;

  private String checkpoint;
  private WrittenLog wiped;

  @BeforeEach
  void sealAndWipe() throws Exception {
    try (var log = new WrittenLog()) {
      for (int i = 1; i <= 5; i++) {
        log.append(i, 0);
      }
      try (AuditNode node = AuditNode.on(log, folder).started()) {
        node.awaitSealed(6);
      }
    }
    checkpoint = Files.readString(folder.resolve("log/checkpoint"));
    wiped = new WrittenLog();
  }

  @AfterEach
  void close() {
    wiped.close();
  }

  @Test
  void underItsOwnOriginTheNewLogDoesNotStartBesideTheOldFolder() throws Exception {
    try (AuditNode node = AuditNode.on(wiped, folder).origin("countersign/new").made()) {
      assertThatThrownBy(node.sealing::start)
          .isInstanceOf(LogKeyException.class)
          .hasMessageContainingAll(
              "holds the log countersign/new",
              "is of " + AuditNode.ORIGIN,
              "restore the database",
              "move the folder away");
    }
    assertThat(halt().reason()).isEqualTo("KEY_OF_OTHER_LOG");
    nothingIsAppendedAndNothingWasSigned();
  }

  @Test
  void underTheOriginOfTheOldOneItIsRolledBack() throws Exception {
    try (AuditNode node = AuditNode.on(wiped, folder).made()) {
      node.sealing.start();
      assertThat(halt().reason()).isEqualTo("ROLLED_BACK");
      assertThat(halt().index()).isZero();
      assertThat(halt().words()).contains("6 entries were sealed", "countersign audit restart");
      nothingIsAppendedAndNothingWasSigned();
    }
  }

  @Test
  void withOtherEntriesItIsForkedAtTheFirstOfThem() throws Exception {
    for (int i = 1; i <= 7; i++) {
      wiped.append(i, 0);
    }
    try (AuditNode node = AuditNode.on(wiped, folder).made()) {
      node.sealing.start();
      assertThat(halt().reason()).isEqualTo("FORKED");
      assertThat(halt().index()).isZero();
    }
    assertThat(Files.readString(folder.resolve("log/checkpoint"))).isEqualTo(checkpoint);
  }

  @Test
  void withTheFolderMovedAwayANewLogBegins() throws Exception {
    Files.move(folder.resolve("log"), folder.resolve("kept"));
    wiped.append(1, 0);
    try (AuditNode node = AuditNode.on(wiped, folder).origin("countersign/new").started()) {
      node.awaitSealed(2);
    }
    assertThat(Files.readString(folder.resolve("kept/checkpoint"))).isEqualTo(checkpoint);
  }

  private Halt halt() throws Exception {
    return wiped.halts().current().orElseThrow(() -> new AssertionError("not halted"));
  }

  private void nothingIsAppendedAndNothingWasSigned() throws Exception {
    assertThatThrownBy(() -> wiped.append(1, 0)).isInstanceOf(LogHaltedException.class);
    assertThat(wiped.reader().head()).isEmpty();
    assertThat(Files.readString(folder.resolve("log/checkpoint"))).isEqualTo(checkpoint);
  }
}
