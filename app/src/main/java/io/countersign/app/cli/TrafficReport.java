package io.countersign.app.cli;

import io.countersign.sandbox.traffic.Finding;
import io.countersign.sandbox.traffic.LedgerFindings;
import io.countersign.sandbox.traffic.Quantiles;
import io.countersign.sandbox.traffic.TrafficPlan;
import io.countersign.sandbox.traffic.TrafficSummary;
import io.countersign.sandbox.traffic.VisibilityProbe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a run and of a check: for people, and as JSON. */
final class TrafficReport {

  private static final int SHOWN = 50;

  private final TrafficPlan plan;
  private final Path ledger;
  private final TrafficSummary summary;
  private final Quantiles visible;
  private final long unseen;

  TrafficReport(TrafficPlan plan, Path ledger, TrafficSummary summary, VisibilityProbe probe) {
    this.plan = plan;
    this.ledger = ledger;
    this.summary = summary;
    this.visible = probe.acknowledgedToVisible();
    this.unseen = probe.unseen();
  }

  boolean isClean() {
    return summary.wouldBeProbation().isEmpty();
  }

  void print(@Nullable LedgerFindings found, boolean asJson, PrintWriter out) {
    if (asJson) {
      ObjectNode json = json();
      if (found != null) {
        json.set("check", json(found));
      }
      out.println(json.toPrettyString());
    } else {
      print(out);
      if (found != null) {
        out.println();
        print(found, out);
      }
    }
    out.flush();
  }

  private void print(PrintWriter out) {
    out.println();
    out.println(
        "seed %d: %,d notifications sent, %,d acknowledged (%,d known already), %,.0f/s over %.1f s"
            .formatted(
                plan.seed(),
                summary.sent(),
                summary.acknowledged(),
                summary.duplicates(),
                summary.rate(),
                summary.elapsed().toMillis() / 1e3));
    if (summary.retries() + summary.unavailable() + summary.noAnswer() > 0) {
      out.println(
          "%,d retries after %,d answers 408/502/503/504 and %,d times no answer"
              .formatted(summary.retries(), summary.unavailable(), summary.noAnswer()));
    }
    if (summary.givenUp() > 0) {
      out.println(
          "%,d given up after eight retries: a real subscription would be on probation now"
              .formatted(summary.givenUp()));
    }
    out.println();
    var table = new Table("", "p50", "p95", "p99", "p99.9", "max", "");
    row(table, "answer, from when it was due", summary.answerTime());
    row(table, "answer, from when it was sent", summary.serviceTime());
    if (visible.count() > 0) {
      row(table, "visible, from acknowledged", visible);
    }
    table.print(out);
    if (unseen > 0) {
      out.println("%,d of the sampled were not visible within two minutes".formatted(unseen));
    }
    list(summary.wouldBeProbation(), summary.wouldBeProbation().size(), out);
    out.println("ledger " + ledger);
  }

  private static void row(Table table, String what, Quantiles times) {
    table.add(
        what,
        millis(times.p50()),
        millis(times.p95()),
        millis(times.p99()),
        millis(times.p999()),
        millis(times.max()),
        "of %,d".formatted(times.count()));
  }

  static String millis(Duration time) {
    return "%,.1f ms".formatted(time.toNanos() / 1e6);
  }

  /** What a check found. */
  static void print(LedgerFindings found, PrintWriter out) {
    out.println(
        "%,d notifications, %,d acknowledged, %,d deliveries, %,d entries, %,d work items compared"
            .formatted(
                found.notifications(),
                found.acknowledged(),
                found.deliveries(),
                found.entries(),
                found.workItems()));
    if (found.behindSource() > 0) {
      out.println(
          "%,d work items show an older value than Azure DevOps does, because an update came late"
              .formatted(found.behindSource()));
    }
    list(found.findings(), found.findingCount(), out);
    out.println(
        found.isClean()
            ? "CLEAN: nothing missing, doubled, out of order or unknown"
            : "%,d FINDINGS".formatted(found.findingCount()));
  }

  private static void list(List<Finding> findings, long all, PrintWriter out) {
    findings.stream()
        .limit(SHOWN)
        .forEach(
            finding ->
                out.println(
                    "%-19s %s: %s"
                        .formatted(finding.code().word(), finding.subject(), finding.words())));
    if (all > SHOWN) {
      out.println("... and %,d more (--json shows up to a thousand)".formatted(all - SHOWN));
    }
  }

  private ObjectNode json() {
    ObjectNode json = ApiClient.JSON.createObjectNode();
    json.put("seed", plan.seed());
    json.put("ledger", ledger.toString());
    json.put("sent", summary.sent());
    json.put("acknowledged", summary.acknowledged());
    json.put("duplicates", summary.duplicates());
    json.put("retries", summary.retries());
    json.put("unavailable", summary.unavailable());
    json.put("noAnswer", summary.noAnswer());
    json.put("givenUp", summary.givenUp());
    json.put("seconds", summary.elapsed().toMillis() / 1e3);
    json.put("perSecond", summary.rate());
    json.set("answerMillis", json(summary.answerTime()));
    json.set("serviceMillis", json(summary.serviceTime()));
    json.set("visibleMillis", json(visible));
    json.put("notVisible", unseen);
    json.set("findings", json(summary.wouldBeProbation()));
    return json;
  }

  private static ObjectNode json(Quantiles times) {
    ObjectNode json = ApiClient.JSON.createObjectNode();
    json.put("count", times.count());
    json.put("p50", times.p50().toNanos() / 1e6);
    json.put("p95", times.p95().toNanos() / 1e6);
    json.put("p99", times.p99().toNanos() / 1e6);
    json.put("p999", times.p999().toNanos() / 1e6);
    json.put("max", times.max().toNanos() / 1e6);
    return json;
  }

  /** What a check found, as JSON. */
  static ObjectNode json(LedgerFindings found) {
    ObjectNode json = ApiClient.JSON.createObjectNode();
    json.put("clean", found.isClean());
    json.put("notifications", found.notifications());
    json.put("acknowledged", found.acknowledged());
    json.put("givenUp", found.givenUp());
    json.put("deliveries", found.deliveries());
    json.put("entries", found.entries());
    json.put("workItems", found.workItems());
    json.put("behindSource", found.behindSource());
    json.put("findingCount", found.findingCount());
    json.set("findings", json(found.findings()));
    return json;
  }

  private static ArrayNode json(List<Finding> findings) {
    ArrayNode list = ApiClient.JSON.createArrayNode();
    for (Finding finding : findings) {
      list.addObject()
          .put("code", finding.code().word())
          .put("subject", finding.subject())
          .put("words", finding.words());
    }
    return list;
  }
}
