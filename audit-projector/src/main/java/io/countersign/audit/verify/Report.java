package io.countersign.audit.verify;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What verifying found.
 *
 * @param findings in order of index; at most {@value LogVerification#MAX_FINDINGS} are kept
 * @param findingCount how many there were
 * @param entries how many entries were verified
 * @param firstIndex index of the first one, when there was one
 * @param lastIndex index of the last one, when there was one
 * @param lastHash stored hash of the last one, when it has 32 bytes: compare it with a head noted
 *     elsewhere, because entries cut off at the end leave no finding
 * @param took how long it took
 */
public record Report(
    List<Finding> findings,
    long findingCount,
    long entries,
    OptionalLong firstIndex,
    OptionalLong lastIndex,
    Optional<EntryHash> lastHash,
    Duration took) {

  /** Copies the findings. */
  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. */
  public boolean isClean() {
    return findingCount == 0;
  }

  /** Entries verified a second; 0 when it took no measurable time. */
  public long entriesPerSecond() {
    long nanos = took.toNanos();
    return nanos <= 0 ? 0 : Math.round(entries * 1e9 / nanos);
  }
}
