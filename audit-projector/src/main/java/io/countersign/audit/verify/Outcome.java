package io.countersign.audit.verify;

import io.countersign.auditlog.verdict.Summary;
import io.countersign.auditlog.verdict.Verdict;
import java.util.List;

/** What a verification comes to, in one word; the later ones are graver. */
public enum Outcome {
  /** Nothing was found. */
  SOUND,
  /** A key is gone and no entry of the log says why. */
  KEY_UNAVAILABLE,
  /** The log ends before what was sealed, or did not grow from what was kept. */
  ROLLED_BACK,
  /** Something is not what was written, or missing, or at another place. */
  CHANGED;

  static Outcome of(List<Problem> problems, List<Collected> findings, Summary summary) {
    Outcome outcome = summary.count(Verdict.KEY_UNAVAILABLE) > 0 ? KEY_UNAVAILABLE : SOUND;
    if (summary.count(Verdict.ROLLED_BACK) > 0) {
      outcome = ROLLED_BACK;
    }
    for (Problem problem : problems) {
      outcome =
          switch (problem.code()) {
            case ROLLED_BACK, FORKED -> outcome == CHANGED ? CHANGED : ROLLED_BACK;
            case CHECKPOINT_REFUSED,
                KEPT_CHECKPOINT_REFUSED,
                GROWTH_UNREADABLE,
                ANCHOR_REFUSED,
                QUORUM_NOT_REACHED,
                POLICY_REFUSED,
                BUNDLE_DAMAGED,
                INCOMPLETE ->
                CHANGED;
          };
    }
    return findings.stream().anyMatch(Collected::changed) ? CHANGED : outcome;
  }
}
