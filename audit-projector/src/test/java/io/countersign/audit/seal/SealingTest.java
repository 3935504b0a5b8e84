package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.auditlog.note.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entry that introduces the key is the first that a node adds: it counts in all sizes. */
class SealingTest {

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theRealLogIsSealedAsItGrowsWithAKeyMadeOnce() throws Exception {
    append(0, 3);
    List<Long> told = new CopyOnWriteArrayList<>();
    try (AuditNode node =
        AuditNode.on(log, folder)
            .telling(
                (_, _) -> {
                  throw new IllegalStateException("a listener's own failure");
                })
            .telling((checkpoint, _) -> told.add(checkpoint.size()))
            .started()) {
      node.awaitSealed(4);
      var outsider = new Outsider(folder.resolve("log"), key(node));
      outsider.look();
      append(3, 5);
      node.awaitSealed(6);
      outsider.look();
      assertThat(outsider.size()).isEqualTo(6);
      AuditNode.eventually(() -> node.gauge("countersign.audit.unsealed.entries") == 0);
      AuditNode.eventually(() -> node.gauge("countersign.audit.sealing.lag") == 0);
      assertThat(node.gauge("countersign.audit.verified.index")).isEqualTo(5);
      assertThat(node.gauge("countersign.audit.halted")).isZero();
      assertThat(node.sealing.halted()).isEmpty();
      AuditNode.eventually(() -> told.contains(6L));
      assertThat(told).as("each seal once").doesNotHaveDuplicates().isSorted();
      assertThat(folder.resolve("log/vkey")).hasContent(key(node) + "\n");
      assertThat(folder.resolve("log/keys")).hasContent(key(node) + " 1 -\n");
    }
    byte[] made = Files.readAllBytes(folder.resolve("log.key"));
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitSealed(6);
    }
    assertThat(folder.resolve("log.key")).hasBinaryContent(made);
    assertThat(log.texts("select name from eventlog.entry where aggregate_type = 'auditlog'"))
        .as("introduced once")
        .containsExactly("auditlog.KeyIntroduced");
  }

  @Test
  void oneSealsAndTheOtherTakesOver() throws Exception {
    append(0, 2);
    AuditNode first = AuditNode.on(log, folder).started();
    first.awaitSealed(3);
    try (AuditNode second = AuditNode.on(log, folder).started()) {
      append(2, 4);
      first.awaitSealed(5);
      assertThat(second.sealed()).isZero();
      assertThat(second.sealing.state()).isEqualTo(Sealing.State.STANDS_BY);
      first.close();
      append(4, 6);
      second.awaitSealed(7);
      assertThat(second.sealing.halted()).isEmpty();
      new Outsider(folder.resolve("log"), key(second)).look();
    }
  }

  @Test
  void aDamagedEntryStopsItAndIsNamed() throws Exception {
    append(0, 6);
    log.tamper("update eventlog.entry set metadata = '\\x7b7d' where index = 4");
    try (AuditNode node = AuditNode.on(log, folder).started()) {
      node.awaitState(Sealing.State.HALTED);
      AuditNode.eventually(() -> node.sealing.halted().isPresent());
      assertThat(node.sealing.halted().orElseThrow()).contains("entry 4", "audit resume");
      var outsider = new Outsider(folder.resolve("log"), key(node));
      outsider.look();
      assertThat(outsider.size()).isEqualTo(4);
    }
  }

  private void append(int from, int to) {
    for (int i = from; i < to; i++) {
      log.append(i + 1, 0);
    }
  }

  private static VerifierKey key(AuditNode node) {
    return node.policy().lines().getFirst().key();
  }
}
