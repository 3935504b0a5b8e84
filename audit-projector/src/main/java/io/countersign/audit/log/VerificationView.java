package io.countersign.audit.log;

import io.countersign.audit.verify.VerificationReport;
import io.countersign.auditlog.Finding;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of verifying a stretch of the log. */
record VerificationView(
    @Schema(description = "First index asked for", example = "0") long from,
    @Schema(description = "Last index read; null when there was none") @Nullable Long to,
    @Schema(description = "Entries read") long entries,
    @Schema(description = "Stored hash of the last entry read") @Nullable String lastHash,
    @Schema(allowableValues = {"clean", "findings", "nothing-to-verify"}) String verdict,
    @Schema(description = "How many findings there are") long findingCount,
    @Schema(description = "The first 1,000 of them") List<FindingView> findings,
    @Schema(description = "'from' of the next stretch; null when the log ends here")
        @Nullable Long next) {

  static VerificationView of(VerificationReport report, long headIndex) {
    Long last = report.lastIndex();
    String verdict =
        !report.isClean() ? "findings" : report.entries() == 0 ? "nothing-to-verify" : "clean";
    return new VerificationView(
        report.from(),
        last,
        report.entries(),
        report.lastHash(),
        verdict,
        report.findingCount(),
        report.findings().stream().map(FindingView::of).toList(),
        last == null || last >= headIndex ? null : last + 1);
  }

  /** One finding. */
  record FindingView(
      @Schema(example = "4") long index,
      @Schema(example = "PAYLOAD_DIGEST_MISMATCH") String code,
      @Schema(example = "the stored payload does not have the digest in the entry")
          String description) {

    static FindingView of(Finding finding) {
      return new FindingView(finding.index(), finding.code(), finding.words());
    }
  }
}
