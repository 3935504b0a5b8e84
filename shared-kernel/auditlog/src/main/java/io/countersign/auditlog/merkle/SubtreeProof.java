package io.countersign.auditlog.merkle;

import io.countersign.auditlog.merkle.ProofRefusedException.Reason;
import java.util.List;

/**
 * That the leaves from start to end are a part of a tree, as the draft on Merkle tree certificates
 * (draft-ietf-plants-merkle-tree-certs, §4.3 and §4.4) defines subtrees. With start 0 this is the
 * consistency proof of RFC 9162 §2.1.4.
 *
 * @param start first leaf of the subtree: a multiple of the smallest power of two that is not less
 *     than its number of leaves
 * @param end the leaf after its last
 * @param size of the tree, in leaves
 * @param path hashes in the order of the draft
 */
public record SubtreeProof(long start, long end, long size, List<TreeHash> path) {

  /** Copies the path. Whether the numbers make sense is asked when the proof is verified. */
  public SubtreeProof {
    path = List.copyOf(path);
  }

  /** Whether leaves from start to end can be a subtree. */
  public static boolean isSubtree(long start, long end) {
    if (start < 0 || end <= start) {
      return false;
    }
    long leaves = end - start;
    long highest = Long.highestOneBit(leaves);
    long span = leaves == highest ? highest : highest << 1;
    return start == 0 || (span > 0 && start % span == 0);
  }

  /** The proof that a leaf stands in this subtree: one in a tree of its own. */
  public static InclusionProof inclusion(long index, long start, long end, List<TreeHash> path)
      throws ProofRefusedException {
    if (!isSubtree(start, end)) {
      throw new ProofRefusedException(Reason.NOT_A_SUBTREE, -1);
    }
    if (index < start || index >= end) {
      throw new ProofRefusedException(Reason.INDEX_OUTSIDE_TREE, -1);
    }
    return new InclusionProof(index - start, end - start, path);
  }

  /** Checks all of it: that this is a subtree, both roots, and that nothing is left over. */
  public void verify(TreeHash subtreeRoot, TreeHash root) throws ProofRefusedException {
    if (start == end && start >= 0 && end <= size) {
      verifyEmpty(subtreeRoot);
      return;
    }
    checkPlace();
    long first = start;
    long last = end - 1;
    long lastOfTree = size - 1;
    while (first != last && (last == lastOfTree || (last & 1) == 1)) {
      first >>>= 1;
      last >>>= 1;
      lastOfTree >>>= 1;
    }
    var rest = new Path(path);
    TreeHash subtree = first == last ? subtreeRoot : rest.next();
    TreeHash tree = subtree;
    while (rest.hasNext()) {
      TreeHash sibling = rest.next();
      if (lastOfTree == 0) {
        throw rest.tooLong();
      }
      if ((last & 1) == 1 || last == lastOfTree) {
        if (first < last) {
          subtree = TreeHash.node(sibling, subtree);
        }
        tree = TreeHash.node(sibling, tree);
        while ((last & 1) == 0 && lastOfTree != 0) {
          first >>>= 1;
          last >>>= 1;
          lastOfTree >>>= 1;
        }
      } else {
        tree = TreeHash.node(tree, sibling);
      }
      first >>>= 1;
      last >>>= 1;
      lastOfTree >>>= 1;
    }
    if (lastOfTree != 0) {
      throw rest.tooShort();
    }
    Path.same(subtree, subtreeRoot, Reason.OLD_ROOT_MISMATCH);
    Path.same(tree, root, Reason.ROOT_MISMATCH);
  }

  /** No leaves are a part of every tree, wherever they stand: its root says nothing about it. */
  private void verifyEmpty(TreeHash subtreeRoot) throws ProofRefusedException {
    if (!path.isEmpty()) {
      throw new ProofRefusedException(Reason.PATH_TOO_LONG, 0);
    }
    Path.same(subtreeRoot, TreeHash.EMPTY, Reason.OLD_ROOT_MISMATCH);
  }

  private void checkPlace() throws ProofRefusedException {
    if (!isSubtree(start, end)) {
      throw new ProofRefusedException(Reason.NOT_A_SUBTREE, -1);
    }
    if (end > size) {
      throw new ProofRefusedException(Reason.SIZES_OUT_OF_ORDER, -1);
    }
  }
}
