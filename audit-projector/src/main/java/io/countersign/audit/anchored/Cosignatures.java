package io.countersign.audit.anchored;

import io.countersign.audit.verify.Problem;
import io.countersign.audit.verify.Problem.Code;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.policy.TrustPolicy;
import io.countersign.auditlog.policy.TrustPolicy.Verdict;
import io.countersign.auditlog.policy.TrustPolicy.Witness;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges by a trust policy who cosigned. A new checkpoint has no cosignatures at first, so where
 * the newest has too few, the newest one that was anchored and has enough counts, for as many
 * entries as it is over.
 */
record Cosignatures(
    TrustPolicy policy,
    Consumer<Problem> problems,
    Consumer<String> facts,
    Consumer<String> notChecked) {

  /**
   * Judges.
   *
   * @param newest the newest checkpoint; the log's own signature was verified
   * @param anchored older ones from which the log grew, verified likewise, the newest first
   */
  void judge(SignedNote newest, List<SignedNote> anchored) {
    Verdict now = verdict(newest);
    if (now == null) {
      return;
    }
    if (now.quorum()) {
      facts.accept(
          "witnessed: %s, as the policy demands, cosigned all %d entries"
              .formatted(names(now.cosigners()), now.checkpoint().size()));
      return;
    }
    for (SignedNote note : anchored) {
      Verdict then = verdict(note);
      if (then != null && then.quorum()) {
        facts.accept(
            "witnessed: %s, as the policy demands, cosigned the first %d entries"
                .formatted(names(then.cosigners()), then.checkpoint().size()));
        notChecked.accept(
            "whether witnesses saw the newest %d entries: too few cosigned them so far"
                .formatted(now.checkpoint().size() - then.checkpoint().size()));
        return;
      }
    }
    List<Witness> missing =
        policy.witnesses().stream().filter(one -> !now.cosigners().contains(one)).toList();
    problems.accept(
        new Problem(
            Code.QUORUM_NOT_REACHED,
            "the policy demands %s: cosigned by %s, not by %s"
                .formatted(policy.quorum().words(), names(now.cosigners()), names(missing))));
  }

  private @Nullable Verdict verdict(SignedNote note) {
    try {
      return policy.judge(note);
    } catch (NoteFormatException | NoteRefusedException e) {
      problems.accept(
          new Problem(Code.POLICY_REFUSED, "the policy refuses a checkpoint: " + e.getMessage()));
      return null;
    }
  }

  private static String names(List<Witness> witnesses) {
    return witnesses.isEmpty()
        ? "nobody"
        : String.join(", ", witnesses.stream().map(Witness::name).toList());
  }
}
