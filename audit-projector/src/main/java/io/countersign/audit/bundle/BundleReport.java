package io.countersign.audit.bundle;

import io.countersign.audit.verify.AuditReport;
import java.util.List;

/**
 * What a bundle proves.
 *
 * @param report checkpoint, problems, findings and verdicts of its entries
 * @param complete whether it is proven that these are all entries of an aggregate, up to some place
 * @param facts what else is to be said, one sentence each
 * @param notChecked what was not looked at, one sentence each
 */
public record BundleReport(
    AuditReport report, boolean complete, List<String> facts, List<String> notChecked) {

  /** Copies. */
  public BundleReport {
    facts = List.copyOf(facts);
    notChecked = List.copyOf(notChecked);
  }
}
