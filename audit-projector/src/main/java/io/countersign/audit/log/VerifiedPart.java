package io.countersign.audit.log;

import io.countersign.audit.log.VerificationView.FindingView;
import io.countersign.audit.log.VerificationView.Verdict;
import io.countersign.audit.verify.PurgedPayloads;
import io.countersign.audit.verify.Rows;
import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.Finding;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies so many entries from an index on, page by page. */
final class VerifiedPart {

  private static final int PAGE = 1_000;
  private static final int MAX_FINDINGS = 1_000;

  private VerifiedPart() {}

  static VerificationView of(LogReader reader, long from, int limit) {
    List<Finding> findings = new ArrayList<>();
    ChainVerifier verifier = verifier(reader, from, new PurgedPayloads(reader, findings::add));
    long next = from;
    boolean more = true;
    while (more && verifier.rows() < limit && findings.size() < MAX_FINDINGS) {
      int page = (int) Math.min(PAGE, limit - verifier.rows());
      List<StoredEntry> entries = reader.page(next, page, Filter.ALL);
      entries.forEach(entry -> verifier.accept(Rows.of(entry)));
      more = entries.size() == page;
      next = entries.isEmpty() ? next : entries.getLast().index() + 1;
    }
    return new VerificationView(
        from,
        verifier.rows() == 0 ? null : Long.valueOf(next - 1),
        verifier.rows(),
        findings.stream().map(FindingView::of).toList(),
        findings.isEmpty() ? Verdict.CLEAN : Verdict.DAMAGED,
        more ? Long.valueOf(next) : null);
  }

  /** The entry before is taken as given; when it is missing, that is a finding. */
  private static ChainVerifier verifier(LogReader reader, long from, Consumer<Finding> findings) {
    if (from == 0) {
      return ChainVerifier.fromTheStart(findings);
    }
    Optional<StoredEntry> before = reader.entry(from - 1);
    if (before.isPresent()) {
      return ChainVerifier.after(Rows.of(before.get()), findings);
    }
    return ChainVerifier.withoutThoseBefore(from, findings);
  }
}
