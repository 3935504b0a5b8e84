package io.countersign.auditlog.merkle;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.util.List;

/**
 * That a tree only grew: the older one is its beginning. RFC 9162 §2.1.4.
 *
 * @param from size of the older tree, in leaves
 * @param to size of the newer tree
 * @param path hashes in the order of RFC 9162
 */
public record ConsistencyProof(long from, long to, List<TreeHash> path) {

  /** Copies the path. Whether the numbers make sense is asked when the proof is verified. */
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /**
   * Checks all of it: sizes, both roots, and that no level of the trees and no hash of the path is
   * left over. An empty tree is the beginning of every tree, so a proof from it is refused.
   */
  public void verify(TreeHash olderRoot, TreeHash newerRoot) throws ProofRefusedException {
    if (from < 1) {
      throw new ProofRefusedException(Reason.EMPTY_TREE, -1);
    }
    new SubtreeProof(0, from, to, path).verify(olderRoot, newerRoot);
  }
}
