package io.countersign.sandbox.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the whole log once: it is dense, in order, and every entry has its delivery. */
final class LogCheck {

  private static final String SOURCE = "source:azure-devops";

  /** What follows from facts and is judged elsewhere. */
  private static final Set<String> JUDGEMENTS =
      Set.of(
          "workitem.StateUnmapped",
          "workitem.TransitionDecided",
          "workitem.TransitionViolated",
          "workitem.JudgementDeferred",
          "workitem.ReversalRequested");

  private final Set<String> organizations;
  private final Map<String, Delivered> deliveries;
  private final FindingList findings;
  private final Map<String, Last> last = new HashMap<>();
  private long next;

  /** The last entry of an aggregate so far. */
  private record Last(long sequence, long position) {}

  LogCheck(Set<String> organizations, InboxCheck inbox, FindingList findings) {
    this.organizations = organizations;
    this.deliveries = inbox.byId();
    this.findings = findings;
  }

  /** Reads to the end and waits until the read model has got there too; gives the entries. */
  long read(ServerView server) throws InterruptedException {
    server.pages("/api/v1/log/entries?limit=1000", "from", this::entry);
    if (next > 0) {
      server.get("/api/v1/work-items?limit=1&atLeast=" + (next - 1));
    }
    return next;
  }

  private void entry(JsonNode entry) {
    long index = entry.path("index").asLong();
    if (index != next) {
      findings.add(
          Finding.Code.MISSING,
          "entry " + next,
          "the log goes on with index %d after %d".formatted(index, next - 1));
    }
    next = index + 1;
    String aggregate = entry.path("aggregateId").asString();
    if (!isOurs(aggregate) || !entry.path("actor").asString().equals(SOURCE)) {
      return;
    }
    Delivered delivered = deliveries.get(entry.path("correlationId").asString());
    if (delivered == null) {
      findings.add(
          Finding.Code.UNKNOWN,
          "entry " + index,
          "%s of %s comes from no delivery of the ledger"
              .formatted(entry.path("name").asString(), aggregate));
      return;
    }
    String name = entry.path("name").asString();
    if (name.startsWith("project.")) {
      return;
    }
    order(index, aggregate, entry.path("sequence").asLong(), delivered);
    if (!JUDGEMENTS.contains(name)) {
      delivered.entries().add(name);
    }
  }

  private void order(long index, String aggregate, long sequence, Delivered delivered) {
    Last before = last.put(aggregate, new Last(sequence, delivered.position()));
    long expected = before == null ? 0 : before.sequence() + 1;
    if (sequence != expected) {
      findings.add(
          sequence < expected ? Finding.Code.DOUBLED : Finding.Code.MISSING,
          aggregate,
          "entry %d has sequence %d where %d follows".formatted(index, sequence, expected));
    }
    if (before != null && delivered.position() < before.position()) {
      findings.add(
          Finding.Code.OUT_OF_ORDER,
          aggregate,
          "entry %d records delivery %s after a later one".formatted(index, delivered.id()));
    }
  }

  private boolean isOurs(String aggregate) {
    int colon = aggregate.indexOf(':');
    int end = aggregate.indexOf(':', colon + 1);
    return colon > 0
        && organizations.contains(
            aggregate.substring(colon + 1, end < 0 ? aggregate.length() : end));
  }
}
