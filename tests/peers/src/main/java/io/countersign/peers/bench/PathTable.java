package io.countersign.peers.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of the whole path, medians of all rounds. */
final class PathTable {

  private final Plan plan;
  private final List<Row> rows;
  private final List<String> lines = new ArrayList<>();

  private PathTable(Plan plan, List<Row> rows) {
    this.plan = plan;
    this.rows = rows;
  }

  /** Its lines. */
  static List<String> lines(Plan plan, List<Row> rows) {
    var table = new PathTable(plan, rows);
    table.rates();
    table.latencies();
    table.footprint();
    table.kills();
    return table.lines;
  }

  private Figures figures(Contestant contestant, String load) {
    return Row.medians(rows, contestant, load);
  }

  private void rates() {
    lines.add("(b) webhook in -> transition durable, closed loop, nothing but 202 counted");
    lines.add(
        "senders contestant     durable/s ours is  receipt/s  answer ms: p50     p95     p99   p99.9"
            + "  CPU ms/op: JVM    PG   driver  WAL B/op  RSS MB refused");
    for (int senders : plan.senders()) {
      String load = PathBench.closed(senders);
      double ours = figures(Contestant.COUNTERSIGN, load).get("durable/s");
      for (Contestant each : plan.contestants()) {
        Figures it = figures(each, load);
        row(
            "%7d %-12s %11.0f %6.1fx %10.0f %14.1f %7.1f %7.1f %7.1f %15.2f %5.2f %8.3f %9.0f %7.0f %7.0f",
            senders,
            each.label(),
            it.get("durable/s"),
            ours / it.get("durable/s"),
            it.get("receipts/s"),
            it.get("answer p50"),
            it.get("answer p95"),
            it.get("answer p99"),
            it.get("answer p99.9"),
            it.get("engine cpu ms/op"),
            it.get("database cpu ms/op"),
            it.get("driver cpu ms/op"),
            it.get("wal bytes/op"),
            it.get("rss mb"),
            it.get("refused"));
      }
    }
    lines.add("");
  }

  private void latencies() {
    lines.add(
        "latency, open loop (from the moment each was due; no coordinated omission), milliseconds");
    lines.add(
        "   rate contestant     reached/s     answer: p50     p95     p99   p99.9"
            + "  due to durable: p50     p99  answer to durable: p50     p99"
            + "  answer to visible: p50     p99   p99.9");
    for (int rate : plan.rates()) {
      for (Contestant each : plan.contestants()) {
        Figures it = figures(each, PathBench.open(rate));
        row(
            "%7s %-12s %11.0f %15.1f %7.1f %7.1f %7.1f %20.1f %7.1f %23.1f %7.1f %23.1f %7.1f %7.1f",
            PathBench.open(rate),
            each.label(),
            it.get("durable/s"),
            it.get("answer p50"),
            it.get("answer p95"),
            it.get("answer p99"),
            it.get("answer p99.9"),
            it.get("due to durable p50"),
            it.get("due to durable p99"),
            it.get("answer to durable p50"),
            it.get("answer to durable p99"),
            it.get("answer to visible p50"),
            it.get("answer to visible p99"),
            it.get("answer to visible p99.9"));
      }
    }
    lines.add("");
  }

  private void footprint() {
    lines.add("start-up (to the first answer that says ready, on an empty database) and memory");
    for (Contestant each : plan.contestants()) {
      Figures it = figures(each, PathBench.START);
      row(
          "        %-12s start %5.1f s   RSS idle %4.0f MB   after the load %4.0f MB   heap %s",
          each.label(),
          it.get("start s"),
          it.get("rss idle mb"),
          it.get("rss loaded mb"),
          each.heap());
    }
    lines.add("");
  }

  private void kills() {
    lines.add("kill -9 of engine and database under load");
    for (Contestant each : plan.contestants()) {
      Figures it = figures(each, PathBench.KILL);
      row(
          "        %-12s acknowledged %,8.0f   missing afterwards %,.0f",
          each.label(), it.get("acknowledged"), it.get("missing"));
    }
  }

  private void row(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
