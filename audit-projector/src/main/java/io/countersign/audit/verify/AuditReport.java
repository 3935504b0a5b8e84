package io.countersign.audit.verify;

import io.countersign.auditlog.Finding;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.verdict.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param checkpoint the newest; null when it was refused, and then nothing else was looked at
 * @param problems of the log as a whole
 * @param published findings in what is published
 * @param stored findings in the database; null when it was not looked at
 * @param summary verdicts of the entries: those in the database where it was looked at
 * @param uncompared rows whose leaf could not be read
 */
public record AuditReport(
    @Nullable Checkpoint checkpoint,
    List<Problem> problems,
    Collected published,
    @Nullable Collected stored,
    Summary summary,
    long uncompared) {

  /** Copies the problems. */
  public AuditReport {
    problems = List.copyOf(problems);
  }

  /** The same with further problems of the log as a whole. */
  public AuditReport with(List<Problem> more) {
    return new AuditReport(
        checkpoint,
        Stream.concat(problems.stream(), more.stream()).toList(),
        published,
        stored,
        summary,
        uncompared);
  }

  /** In one word. */
  public Outcome outcome() {
    var all = new ArrayList<>(List.of(published));
    if (stored != null) {
      all.add(stored);
    }
    return Outcome.of(problems, all, summary);
  }

  /** The first findings, of what is published before those of the database. */
  public List<Finding> findings() {
    return Stream.concat(
            published.first().stream(), stored == null ? Stream.of() : stored.first().stream())
        .toList();
  }

  /** How many there are. */
  public long findingCount() {
    return published.count() + (stored == null ? 0 : stored.count());
  }
}
