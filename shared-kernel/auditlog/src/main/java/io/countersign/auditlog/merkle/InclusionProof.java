package io.countersign.auditlog.merkle;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.util.List;

/**
 * That a leaf stands at a place of a tree: RFC 9162 §2.1.3.
 *
 * @param index of the leaf, from 0
 * @param size of the tree, in leaves
 * @param path hashes from the leaf's sibling upwards
 */
public record InclusionProof(long index, long size, List<TreeHash> path) {

  /** Copies the path. Whether the numbers make sense is asked when the proof is verified. */
  public InclusionProof {
    path = List.copyOf(path);
  }

  /**
   * Checks all of it: that the index is below the size, that no level of the tree and no hash of
   * the path is left over, and the root.
   */
  public void verify(TreeHash leaf, TreeHash root) throws ProofRefusedException {
    Path.same(rootOver(leaf), root, Reason.ROOT_MISMATCH);
  }

  /** The root that the tree has if this proof and this leaf are right. */
  public TreeHash rootOver(TreeHash leaf) throws ProofRefusedException {
    if (size <= 0) {
      throw new ProofRefusedException(Reason.EMPTY_TREE, -1);
    }
    if (index < 0 || index >= size) {
      throw new ProofRefusedException(Reason.INDEX_OUTSIDE_TREE, -1);
    }
    long node = index;
    long last = size - 1;
    TreeHash hash = leaf;
    var rest = new Path(path);
    while (rest.hasNext()) {
      TreeHash sibling = rest.next();
      if (last == 0) {
        throw rest.tooLong();
      }
      if ((node & 1) == 1 || node == last) {
        hash = TreeHash.node(sibling, hash);
        int levels = Long.numberOfTrailingZeros(node); // above them it is nobody's left child
        node >>>= levels;
        last >>>= levels;
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      throw rest.tooShort();
    }
    return hash;
  }
}
