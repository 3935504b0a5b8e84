package io.countersign.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.VerifierKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

  private static final String ORIGIN = "example.com/log";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final List<Long> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theRealLogIsSealedAsItGrowsWithAKeyMadeOnce() throws Exception {
    append(0, 3);
    try (Sealing sealing = started(meters)) {
      eventually(() -> gauge("countersign.audit.sealed.entries") == 3);
      var outsider = new Outsider(folder.resolve("log"), key());
      outsider.look();
      append(3, 5);
      eventually(() -> gauge("countersign.audit.sealed.entries") == 5);
      outsider.look();
      assertThat(outsider.size()).isEqualTo(5);
      assertThat(gauge("countersign.audit.unsealed.entries")).isZero();
      assertThat(gauge("countersign.audit.halted")).isZero();
      assertThat(sealing.halted()).isEmpty();
      assertThat(told).as("each seal once").containsExactly(3L, 5L);
    }
    assertThat(folder.resolve("log/vkey")).hasContent(key() + "\n");
    byte[] made = Files.readAllBytes(folder.resolve("log.key"));
    var again = new SimpleMeterRegistry();
    try (Sealing sealing = started(again)) {
      eventually(() -> again.get("countersign.audit.sealed.entries").gauge().value() == 5);
      assertThat(sealing.halted()).isEmpty();
    }
    assertThat(folder.resolve("log.key")).hasBinaryContent(made);
  }

  @Test
  void oneSealsAndTheOtherTakesOver() throws Exception {
    append(0, 2);
    var other = new SimpleMeterRegistry();
    Sealing first = started(meters);
    eventually(() -> gauge("countersign.audit.sealed.entries") == 2);
    try (Sealing second = started(other)) {
      append(2, 4);
      eventually(() -> gauge("countersign.audit.sealed.entries") == 4);
      assertThat(other.get("countersign.audit.sealed.entries").gauge().value()).isZero();
      first.close();
      append(4, 6);
      eventually(() -> other.get("countersign.audit.sealed.entries").gauge().value() == 6);
      assertThat(second.halted()).isEmpty();
    }
    new Outsider(folder.resolve("log"), key()).look();
  }

  @Test
  void aKeyThatIsGoneIsNeverMadeAnew() throws Exception {
    append(0, 2);
    try (Sealing sealing = started(meters)) {
      eventually(() -> gauge("countersign.audit.sealed.entries") == 2);
      assertThat(sealing.halted()).isEmpty();
    }
    Files.delete(folder.resolve("log.key"));
    var again = new SimpleMeterRegistry();
    try (Sealing sealing = started(again)) {
      eventually(() -> sealing.halted().isPresent());
      assertThat(sealing.halted().orElseThrow()).contains("log.key", "bring it back");
      assertThat(again.get("countersign.audit.halted").gauge().value()).isOne();
    }
    assertThat(folder.resolve("log.key")).doesNotExist();
  }

  @Test
  void aDamagedEntryStopsItAndIsNamed() throws Exception {
    append(0, 6);
    log.tamper("update eventlog.entry set metadata = '\\x7b7d' where index = 4");
    try (Sealing sealing = started(meters)) {
      eventually(() -> sealing.halted().isPresent());
      assertThat(sealing.halted().orElseThrow()).contains("entry 4");
    }
    var outsider = new Outsider(folder.resolve("log"), key());
    outsider.look();
    assertThat(outsider.size()).isEqualTo(4);
  }

  private Sealing started(SimpleMeterRegistry registry) {
    var sealing =
        new Sealing(
            log.reader(),
            new PublishedLog(folder.resolve("log")),
            new LogKeyFile(folder.resolve("log.key")),
            ORIGIN,
            Duration.ofMillis(20),
            Clock.systemUTC(),
            new SealMetrics(registry, log.reader(), Clock.systemUTC()),
            List.of(
                (_, _) -> {
                  throw new IllegalStateException("a listener's own failure");
                },
                (checkpoint, _) -> told.add(checkpoint.size())));
    sealing.start();
    return sealing;
  }

  private void append(int from, int to) {
    for (int i = from; i < to; i++) {
      log.append(i + 1, 0);
    }
  }

  private VerifierKey key() {
    return VerifierKey.of(
        ORIGIN,
        SignatureType.ED25519,
        new LogKeyFile(folder.resolve("log.key")).read().getPublic());
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
