package io.countersign.audit.log;

import io.countersign.audit.proof.SealedTree;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an entry is in the log.
 *
 * @param index of the entry
 * @param size of the log it is proven in
 * @param entryHash of the entry, hexadecimal: the leaf
 * @param root of the log at that size, base64
 * @param path hashes from the leaf's sibling upwards, base64
 * @param checkpoint the note that signs this root; absent when the size is not the newest one
 */
record InclusionView(
    long index,
    long size,
    String entryHash,
    String root,
    List<String> path,
    @Nullable String checkpoint) {

  static InclusionView of(SealedTree tree, long index, long size) throws IOException {
    return new InclusionView(
        index,
        size,
        tree.leaf(index).hex(),
        tree.root(size).base64(),
        tree.inclusion(index, size).path().stream().map(TreeHash::base64).toList(),
        size == tree.size() ? tree.note().toString() : null);
  }
}
