package io.countersign.auditlog.merkle;

import java.io.IOException;

/**
 * Where the nodes of a tree are read. Only nodes over a full number of leaves are asked for: level
 * 0 holds leaves, node i of level l stands over the leaves from i * 2^l to (i + 1) * 2^l.
 */
@FunctionalInterface
public interface Nodes {

  /**
   * One node.
   *
   * @param level from 0
   * @param index within its level, from 0
   * @throws IOException when it cannot be read or is not there
   */
  TreeHash node(int level, long index) throws IOException;
}
