package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Negative control: once, the program is told that the inbox has committed while PostgreSQL rolled
 * back. So something is acknowledged that is nowhere, and what must hold afterwards must not hold.
 */
record PretendedCommit(ProxyLine line) implements ThroughProxy {

  @Override
  public String name() {
    return "pretended-commit";
  }

  @Override
  public int nodes() {
    return 1;
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    load.begin(8, 60);
    Moments.growth(load::acknowledged, 50);
    var armed = new AtomicBoolean(true);
    proxy()
        .cutBy(
            statement ->
                statement == Statement.INBOX_COMMIT && armed.compareAndSet(true, false)
                    ? Cut.PRETEND
                    : Cut.NONE);
    Poll.until(Duration.ofMinutes(1), () -> proxy().made(Cut.PRETEND), made -> made > 0);
    Moments.growth(load::acknowledged, 50);
    load.end();
    report.line("one batch was acknowledged and rolled back: the rest of this has to find it");
  }
}
