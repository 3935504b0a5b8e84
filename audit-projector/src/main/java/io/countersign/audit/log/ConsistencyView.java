package io.countersign.audit.log;

import io.countersign.audit.proof.SealedTree;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.IOException;
import java.util.List;

/**
 * That the log only grew from one size to another.
 *
 * @param from the older size
 * @param to the newer size
 * @param fromRoot root at the older size, base64
 * @param toRoot root at the newer size, base64
 * @param path hashes in the order of RFC 9162, base64
 */
record ConsistencyView(long from, long to, String fromRoot, String toRoot, List<String> path) {

  static ConsistencyView of(SealedTree tree, long from, long to) throws IOException {
    return new ConsistencyView(
        from,
        to,
        tree.root(from).base64(),
        tree.root(to).base64(),
        tree.consistency(from, to).path().stream().map(TreeHash::base64).toList());
  }
}
