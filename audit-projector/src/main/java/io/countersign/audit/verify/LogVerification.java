package io.countersign.audit.verify;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.LogRow;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the stored log: every hash, link, digest and repeated column, over the bytes as they
 * lie in the database. What it cannot see without a checkpoint kept elsewhere: entries cut off at
 * the end, and a log rewritten as a whole.
 */
public final class LogVerification {

  private static final int PAGE = 500;

  private final long from;
  private final ChainVerifier verifier;
  private final List<Finding> findings = new ArrayList<>();
  private long findingCount;
  private @Nullable StoredEntry last;

  private LogVerification(long from, @Nullable StoredEntry given) {
    this.from = from;
    this.verifier =
        given == null
            ? ChainVerifier.fromTheStart(this::found)
            : ChainVerifier.after(row(given), this::found);
  }

  /**
   * Verifies the whole log at one snapshot.
   *
   * @param progress is told the number of entries read so far, now and then
   */
  public static VerificationReport whole(LogReader log, LongConsumer progress) {
    var verification = new LogVerification(0, null);
    log.scan(
        0,
        entry -> {
          verification.accept(entry);
          if (verification.verifier.rows() % PAGE == 0) {
            progress.accept(verification.verifier.rows());
          }
        });
    progress.accept(verification.verifier.rows());
    return verification.report();
  }

  /**
   * Verifies a stretch of the log. From the start, links to earlier entries of an aggregate are
   * checked too; from a later index, the entry before is taken as given, and of aggregates that
   * began before, the first entry met is taken as a continuation.
   *
   * @param from first index, 0 or more
   * @param limit at most so many entries
   */
  public static VerificationReport stretch(LogReader log, long from, int limit) {
    var verification =
        new LogVerification(from, from == 0 ? null : log.entry(from - 1).orElse(null));
    long next = from;
    int left = limit;
    while (left > 0) {
      List<StoredEntry> page = log.page(next, Math.min(left, PAGE), LogReader.Filter.ALL);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(verification::accept);
      next = page.getLast().index() + 1;
      left -= page.size();
    }
    return verification.report();
  }

  private void accept(StoredEntry entry) {
    verifier.accept(row(entry));
    last = entry;
  }

  private void found(Finding finding) {
    findingCount++;
    if (findings.size() < VerificationReport.KEPT_FINDINGS) {
      findings.add(finding);
    }
  }

  private VerificationReport report() {
    StoredEntry end = last;
    return new VerificationReport(
        from,
        verifier.rows(),
        end == null ? null : end.index(),
        end == null ? null : HexFormat.of().formatHex(end.entryHash()),
        findings,
        findingCount);
  }

  private static LogRow row(StoredEntry entry) {
    return new LogRow(
        entry.index(),
        entry.entryHash(),
        entry.entry(),
        entry.payload(),
        entry.metadata(),
        new LogRow.Columns(
            entry.aggregateType(),
            entry.aggregateId(),
            entry.sequence(),
            entry.eventId(),
            entry.name(),
            entry.revision(),
            entry.occurredAt(),
            entry.recordedAt(),
            entry.actor(),
            entry.correlationId(),
            entry.causationId()));
  }
}
