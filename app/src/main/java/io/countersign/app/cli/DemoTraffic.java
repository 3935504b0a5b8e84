package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.sandbox.traffic.Target;
import io.countersign.sandbox.traffic.TrafficMix;
import io.countersign.sandbox.traffic.TrafficPlan;
import io.countersign.sandbox.traffic.TrafficRun;
import io.countersign.sandbox.traffic.TrafficSummary;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Traffic for the demo's own server. */
final class DemoTraffic {

  private static final long SEED = 1;
  private static final int WORK_ITEMS = 200;
  private static final int SENDERS = 16;

  private DemoTraffic() {}

  static void play(Duration time, URI server, DataDirectory data, PrintWriter out)
      throws InterruptedException {
    out.println("Traffic for %d s ...".formatted(time.toSeconds()));
    out.flush();
    var plan = new TrafficPlan(SEED, WORK_ITEMS, SENDERS, 0, time, TrafficMix.realistic());
    var target = new Target(List.of(server), data.webhookSecret().readOrCreate(), null);
    Path ledger = data.path().resolve("traffic.jsonl");
    try (TrafficRun run = TrafficRun.start(plan, target, ledger)) {
      TrafficSummary summary = run.await();
      out.println(
          String.format(Locale.ROOT, "%,d notifications acknowledged.", summary.acknowledged()));
    }
    out.flush();
  }
}
