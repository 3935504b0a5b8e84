package io.countersign.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.faults.FullDisk.Place;
import io.countersign.e2e.harness.Aftermath;
import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short forms, one after the other on one site, because each start costs seconds; limits of
 * time are shortened so that they can be waited for. The long ones: {@code tests/e2e/run-faults
 * line disk}. A full disk is an error raised by a trigger here, see {@link FullDisk}.
 */
class LineAndDiskIT {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "countersign.inbox.first-backoff", "200ms",
          "countersign.inbox.commit-timeout", "2s",
          // what is measured here is the group commit, not the admission
          "countersign.inbox.max-wait", "2h");

  private static final Effort ONCE =
      new Effort(1, 1, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ZERO);

  @Test
  void cutLinesBlackHolesFullDisksAndSlowFlushesLoseAndDoubleNothing(@TempDir Path scratch)
      throws Exception {
    var report = new Report(System.out);
    try (var line = new ProxyLine("?socketTimeout=3");
        Site site = Site.start(scratch.resolve("site"), 1, SETTINGS, line);
        var load = Load.small(site, 1, 0.5)) {
      List<Fault> faults =
          List.of(
              new CutLine(line, 1),
              new BlackHole(line, 1),
              new FullDisk(1, Place.INBOX),
              new FullDisk(1, Place.LOG),
              // last: each person and each work item met for the first time costs flushes of its
              // own
              new SlowFlush(line, 1, true, Duration.ofMillis(50)));
      for (Fault fault : faults) {
        report.line("== %s", fault.name());
        try {
          fault.make(site, load, ONCE, report);
        } finally {
          report.finish();
        }
      }
      Aftermath after = Aftermath.afterStopping(site, load.ledgers(), Duration.ofMinutes(2));
      after.mustHold();
      assertThat(after.acknowledged()).isGreaterThan(300);
    }
  }
}
