package io.countersign.app.cli;

import io.countersign.audit.verify.AuditReport;
import io.countersign.audit.verify.Collected;
import io.countersign.audit.verify.Outcome;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.verdict.EntryVerdict;
import io.countersign.auditlog.verdict.Summary;
import io.countersign.auditlog.verdict.Verdict;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a verification found, for people and for programs.
 *
 * @param report all of it
 * @param facts what else is to be said, one sentence each
 * @param notChecked what was not looked at, one sentence each
 */
record VerifyReport(AuditReport report, List<String> facts, List<String> notChecked) {

  /** Exit code: rolled back or forked. */
  static final int ROLLED_BACK = 4;

  /** Exit code: text cannot be read, and no entry of the log says why. */
  static final int KEY_UNAVAILABLE = 5;

  private static final int SHOWN = 20;

  int exitCode() {
    return switch (report.outcome()) {
      case SOUND -> CommandLineInterface.DONE;
      case CHANGED -> CommandLineInterface.FINDING;
      case ROLLED_BACK -> ROLLED_BACK;
      case KEY_UNAVAILABLE -> KEY_UNAVAILABLE;
    };
  }

  private boolean verifies() {
    return report.outcome() == Outcome.SOUND;
  }

  void print(PrintWriter out) {
    Checkpoint checkpoint = report.checkpoint();
    report.problems().forEach(out::println);
    FindingLines.print(out, report.findings(), report.findingCount());
    if (checkpoint != null) {
      printVerdicts(out, report.summary());
      out.println("origin    " + checkpoint.origin());
      out.println("entries   " + checkpoint.size());
      out.println("root      " + checkpoint.root().base64());
      out.println("checked   " + checked(report.summary()));
    }
    notYetPurged()
        .forEach(
            (index, by) ->
                out.println(
                    "purge     entry %d is to lose its text, as entry %d says, and still has it"
                        .formatted(index, by)));
    facts.forEach(fact -> out.println("proof     " + fact));
    notChecked.forEach(what -> out.println("unchecked " + what));
    out.println("verdict   " + (verifies() ? "verifies" : "DOES NOT VERIFY"));
    out.flush();
  }

  private SortedMap<Long, Long> notYetPurged() {
    Collected stored = report.stored();
    return stored == null ? Collections.emptySortedMap() : stored.notYetPurged();
  }

  private static void printVerdicts(PrintWriter out, Summary summary) {
    var table = new Table("VERDICT", "ENTRIES", "");
    for (Verdict verdict : Verdict.values()) {
      if (summary.count(verdict) > 0) {
        table.add(verdict.name(), "%,d".formatted(summary.count(verdict)), verdict.words());
      }
    }
    table.print(out);
    List<EntryVerdict> against = summary.against();
    for (EntryVerdict entry : against.subList(0, Math.min(SHOWN, against.size()))) {
      out.println(
          "%-9s %s%s"
              .formatted(
                  entry.first() == entry.last() ? "entry" : "entries",
                  place(entry) + " " + entry.verdict(),
                  entry.detail().isEmpty() ? "" : ": " + entry.detail()));
    }
    if (against.size() > SHOWN) {
      out.println("... and more: --json lists up to 1,000");
    }
    summary
        .erasedBy()
        .forEach((by, count) -> out.println("erased    %,d by entry %d".formatted(count, by)));
  }

  private static String place(EntryVerdict entry) {
    return entry.first() == entry.last()
        ? Long.toString(entry.first())
        : entry.first() + " to " + entry.last();
  }

  private static String checked(Summary summary) {
    long entries = 0;
    for (Verdict verdict : Verdict.values()) {
      entries += summary.count(verdict);
    }
    if (entries == 0) {
      return "no entries";
    }
    return entries == summary.to() - summary.from()
        ? "entries %d to %d".formatted(summary.from(), summary.to() - 1)
        : "%d entries from %d to %d".formatted(entries, summary.from(), summary.to() - 1);
  }

  ObjectNode json() {
    var result = ApiClient.JSON.createObjectNode();
    Checkpoint checkpoint = report.checkpoint();
    result.put("verifies", verifies());
    result.put("outcome", report.outcome().name());
    if (checkpoint != null) {
      result.put("origin", checkpoint.origin());
      result.put("size", checkpoint.size());
      result.put("root", checkpoint.root().base64());
      put(result, report.summary());
    }
    var problems = result.putArray("problems");
    report.problems().forEach(problem -> problems.add(problem.toString()));
    FindingLines.put(result, report.findings(), report.findingCount());
    var waiting = result.putArray("notYetPurged");
    notYetPurged().forEach((index, by) -> waiting.addObject().put("index", index).put("by", by));
    facts.forEach(result.putArray("facts")::add);
    notChecked.forEach(result.putArray("notChecked")::add);
    return result;
  }

  private static void put(ObjectNode result, Summary summary) {
    result.put("from", summary.from());
    result.put("to", summary.to());
    var verdicts = result.putObject("verdicts");
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.name(), summary.count(verdict));
    }
    var entries = result.putArray("entries");
    for (EntryVerdict entry : summary.against()) {
      entries
          .addObject()
          .put("first", entry.first())
          .put("last", entry.last())
          .put("verdict", entry.verdict().name())
          .put("detail", entry.detail());
    }
    var erased = result.putArray("erased");
    summary
        .erasedBy()
        .forEach((by, count) -> erased.addObject().put("by", by).put("entries", count));
  }
}
