package io.countersign.audit.log;

import io.countersign.audit.proof.SealedTree;

/**
 * A signed checkpoint.
 *
 * @param origin name of the log
 * @param size entries it stands over
 * @param root of the tree over them, base64
 * @param note the checkpoint itself, with its signatures
 */
record CheckpointView(String origin, long size, String root, String note) {

  static CheckpointView of(SealedTree tree) {
    return new CheckpointView(
        tree.checkpoint().origin(),
        tree.size(),
        tree.checkpoint().root().base64(),
        tree.note().toString());
  }
}
