package io.countersign.app.cli;

import io.countersign.auditlog.Finding;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a verification found, for people and for programs. */
final class FindingLines {

  /** Findings shown to people; all are counted. */
  static final int SHOWN = 100;

  private FindingLines() {}

  static void print(PrintWriter out, List<Finding> findings, long count) {
    List<Finding> shown = findings.subList(0, Math.min(SHOWN, findings.size()));
    for (Finding finding : shown) {
      out.println("entry %d: %s: %s".formatted(finding.index(), finding.code(), finding.words()));
    }
    if (count > shown.size()) {
      out.println("... and %,d findings more".formatted(count - shown.size()));
    }
  }

  static void put(ObjectNode result, List<Finding> findings, long count) {
    result.put("findingCount", count);
    var list = result.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("index", finding.index())
          .put("code", finding.code())
          .put("words", finding.words());
    }
  }
}
