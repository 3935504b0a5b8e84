package io.countersign.audit.verify;

import io.countersign.auditlog.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying a stretch of the stored log showed.
 *
 * @param from first index asked for
 * @param entries rows that were read
 * @param lastIndex index of the last row read; absent when there was none
 * @param lastHash its stored hash, 64 hexadecimal digits; absent when there was none
 * @param findings the first {@value #KEPT_FINDINGS} findings, in order of index
 * @param findingCount all findings
 */
public record VerificationReport(
    long from,
    long entries,
    @Nullable Long lastIndex,
    @Nullable String lastHash,
    List<Finding> findings,
    long findingCount) {

  /** Findings that are kept in full; more are only counted. */
  public static final int KEPT_FINDINGS = 1_000;

  /** Copies the findings. */
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Whether everything that was read is as it was written. */
  public boolean isClean() {
    return findingCount == 0;
  }
}
