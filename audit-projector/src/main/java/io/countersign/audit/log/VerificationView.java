package io.countersign.audit.log;

import io.countersign.auditlog.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying a part of the log found.
 *
 * @param checkedFrom first index that was to be verified
 * @param checkedTo last index that was; absent when there was none
 * @param entries how many were verified
 * @param findings in order of index
 * @param verdict {@code CLEAN} or {@code DAMAGED}, of this part
 * @param next value of {@code from} to go on with; absent when the end was reached
 */
public record VerificationView(
    long checkedFrom,
    @Nullable Long checkedTo,
    long entries,
    List<FindingView> findings,
    Verdict verdict,
    @Nullable Long next) {

  /** The outcome. */
  public enum Verdict {
    CLEAN,
    DAMAGED
  }

  /** One finding: where, which word, in words. */
  public record FindingView(long index, String code, String words) {

    static FindingView of(Finding finding) {
      return new FindingView(finding.index(), finding.code(), finding.words());
    }
  }
}
