package io.countersign.auditlog.merkle;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.util.List;

/** The hashes of a proof, taken one after the other. */
final class Path {

  private final List<TreeHash> hashes;
  private int at;

  Path(List<TreeHash> hashes) {
    this.hashes = hashes;
  }

  boolean hasNext() {
    return at < hashes.size();
  }

  TreeHash next() throws ProofRefusedException {
    if (!hasNext()) {
      throw new ProofRefusedException(Reason.PATH_TOO_SHORT, hashes.size());
    }
    return hashes.get(at++);
  }

  /** Refuses the hash that was taken last. */
  ProofRefusedException tooLong() {
    return new ProofRefusedException(Reason.PATH_TOO_LONG, at - 1);
  }

  ProofRefusedException tooShort() {
    return new ProofRefusedException(Reason.PATH_TOO_SHORT, hashes.size());
  }

  static void same(TreeHash computed, TreeHash said, Reason otherwise)
      throws ProofRefusedException {
    if (!computed.equals(said)) {
      throw new ProofRefusedException(otherwise, -1);
    }
  }
}
