package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.anchor.AnchorAlarm.Waiting;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.witness.SampleLog;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.kernel.audit.AuditEvent.KeyRetired;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class AnchorAlarmTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ORIGIN = "example.com/log";

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();
  private final SampleLog signed = new SampleLog(ORIGIN);
  private Instant now = Instant.now();

  @AfterEach
  void close() {
    log.close();
  }

  private AnchoredEntries entries() {
    return new AnchoredEntries(log.entries(), log.dataSource());
  }

  private FileAnchor anchor() {
    return new FileAnchor("paper", folder.resolve("mounted/paper"), () -> now);
  }

  private AnchorRunner runner(int intervals) {
    return new AnchorRunner(
        anchor(),
        HOUR,
        entries(),
        new PublishedLog(folder.resolve("log")),
        new DurableFolder(folder.resolve("log/anchors")),
        new AnchorAlarm(entries(), intervals),
        () -> now);
  }

  private void step(AnchorRunner runner, long size) throws Exception {
    Checkpoint checkpoint = signed.checkpoint(size);
    runner.sealed(checkpoint, signed.signed(checkpoint));
    runner.step();
  }

  private List<String> recorded() {
    return JdbcClient.create(log.dataSource())
        .sql(
            """
            select convert_from(payload, 'UTF8')::jsonb ->> 'size' from eventlog.entry
            where name = 'auditlog.AnchorFailing' order by index
            """)
        .query(String.class)
        .list();
  }

  @Test
  void anAnchorThatFailsForItsIntervalsIsRecordedOnceAlsoAfterARestartAndAnewAfterItWorked()
      throws Exception {
    log.append(1, 0);
    AnchorRunner first = runner(3);
    step(first, 1);
    now = now.plus(Duration.ofMinutes(179));
    step(first, 1);
    assertThat(recorded()).isEmpty();
    now = now.plus(Duration.ofMinutes(11));
    step(first, 1);
    assertThat(recorded()).containsExactly("0");
    now = now.plus(HOUR);
    step(first, 2);
    AnchorRunner restarted = runner(3);
    now = now.plus(HOUR);
    step(restarted, 2);
    assertThat(recorded()).containsExactly("0");

    Files.createDirectories(folder.resolve("mounted"));
    now = now.plus(HOUR);
    step(restarted, 2);
    assertThat(restarted.state().isFailing()).isFalse();
    Files.delete(folder.resolve("mounted/paper"));
    Files.delete(folder.resolve("mounted"));
    log.append(2, 0);
    now = now.plus(HOUR.multipliedBy(9));
    step(restarted, 4);
    assertThat(recorded()).containsExactly("0", "2");
  }

  @Test
  void whatWaitsForNothingFailsNobodyAndZeroIsNever() {
    log.entries().append(new KeyRetired(ORIGIN, "k", 3), AuditEntries.AUTOMATION);
    Instant later = now.plus(Duration.ofDays(9));
    var housekeeping = new Waiting(ORIGIN, 0, 1);
    assertThat(new AnchorAlarm(entries(), 3).failed(anchor(), HOUR, housekeeping, later)).isFalse();

    log.append(1, 0);
    var entry = new Waiting(ORIGIN, 0, 2);
    assertThat(new AnchorAlarm(entries(), 0).failed(anchor(), HOUR, entry, later)).isFalse();
    assertThat(recorded()).isEmpty();
    assertThat(new AnchorAlarm(entries(), 3).failed(anchor(), HOUR, entry, later)).isTrue();
    assertThat(recorded()).containsExactly("0");
  }
}
