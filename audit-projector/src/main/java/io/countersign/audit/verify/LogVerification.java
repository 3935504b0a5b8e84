package io.countersign.audit.verify;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Verifies the whole stored log at one snapshot, without holding it in memory. */
public final class LogVerification {

  /** How many findings a report keeps; all are counted. */
  public static final int MAX_FINDINGS = 1_000;

  /** How often progress is told, in entries. */
  public static final int PROGRESS_EVERY = 10_000;

  private final List<Finding> findings = new ArrayList<>();
  private final Progress progress;
  private final ChainVerifier verifier;
  private @Nullable StoredEntry first;
  private @Nullable StoredEntry last;
  private long findingCount;

  private LogVerification(LogReader reader, Progress progress) {
    this.progress = progress;
    this.verifier = ChainVerifier.fromTheStart(new PurgedPayloads(reader, this::found));
  }

  /**
   * Recomputes every entry from the first to the last.
   *
   * @param reader where the log is stored
   * @param progress told how far it is
   */
  public static Report run(LogReader reader, Progress progress) {
    long start = System.nanoTime();
    var verification = new LogVerification(reader, progress);
    reader.scan(0, verification::verify);
    return verification.report(Duration.ofNanos(System.nanoTime() - start));
  }

  private void verify(StoredEntry entry) {
    if (first == null) {
      first = entry;
    }
    last = entry;
    verifier.accept(Rows.of(entry));
    if (verifier.rows() % PROGRESS_EVERY == 0) {
      progress.reached(verifier.rows(), findingCount);
    }
  }

  private void found(Finding finding) {
    findingCount++;
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    }
  }

  private Report report(Duration took) {
    progress.reached(verifier.rows(), findingCount);
    return new Report(
        findings, findingCount, verifier.rows(), index(first), index(last), hash(last), took);
  }

  private static OptionalLong index(@Nullable StoredEntry entry) {
    return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.index());
  }

  private static Optional<EntryHash> hash(@Nullable StoredEntry entry) {
    return entry == null || entry.entryHash().length != 32
        ? Optional.empty()
        : Optional.of(EntryHash.fromBytes(entry.entryHash()));
  }
}
