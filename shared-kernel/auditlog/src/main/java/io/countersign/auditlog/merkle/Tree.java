package io.countersign.auditlog.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a tree out of its nodes; a proof reads as many nodes as the tree has levels,
 * and at its right edge up to twice as many.
 */
public final class Tree {

  private final Nodes nodes;
  private final long size;

  /**
   * A tree.
   *
   * @param size in leaves; the nodes may belong to a larger tree that grew from it
   */
  public Tree(Nodes nodes, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a tree has 0 or more leaves");
    }
    this.nodes = nodes;
    this.size = size;
  }

  /** In leaves. */
  public long size() {
    return size;
  }

  /** The root. */
  public TreeHash root() throws IOException {
    return size == 0 ? TreeHash.EMPTY : rootOf(0, size);
  }

  /** Roots of its full subtrees, the largest first: what {@link Frontier#of} takes. */
  public List<TreeHash> peaks() throws IOException {
    var peaks = new ArrayList<TreeHash>();
    long begin = 0;
    while (begin < size) {
      long leaves = Long.highestOneBit(size - begin);
      peaks.add(full(begin, leaves));
      begin += leaves;
    }
    return peaks;
  }

  /**
   * The proof of a leaf.
   *
   * @throws IllegalArgumentException when the tree has no such leaf
   */
  public InclusionProof inclusion(long index) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " has no leaf " + index);
    }
    var path = new ArrayList<TreeHash>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long split = begin + split(end - begin);
      if (index < split) {
        path.addFirst(rootOf(split, end));
        end = split;
      } else {
        path.addFirst(rootOf(begin, split));
        begin = split;
      }
    }
    return new InclusionProof(index, size, path);
  }

  /**
   * The proof that this tree grew from a smaller one.
   *
   * @param from size of the smaller tree, 1 or more, at most this tree's
   * @throws IllegalArgumentException when there is no such tree
   */
  public ConsistencyProof consistencyFrom(long from) throws IOException {
    if (from < 1 || from > size) {
      throw new IllegalArgumentException("a tree of " + size + " does not prove a size of " + from);
    }
    var path = new ArrayList<TreeHash>();
    long begin = 0;
    long end = size;
    boolean known = true; // the whole part is a subtree of the smaller tree, whose root is given
    while (from < end) {
      long split = begin + split(end - begin);
      if (from <= split) {
        path.addFirst(rootOf(split, end));
        end = split;
      } else {
        path.addFirst(rootOf(begin, split));
        begin = split;
        known = false;
      }
    }
    if (!known) {
      path.addFirst(rootOf(begin, end));
    }
    return new ConsistencyProof(from, size, path);
  }

  private TreeHash rootOf(long begin, long end) throws IOException {
    long leaves = end - begin;
    if (Long.bitCount(leaves) == 1) {
      return full(begin, leaves);
    }
    long split = begin + split(leaves);
    return TreeHash.node(rootOf(begin, split), rootOf(split, end));
  }

  private TreeHash full(long begin, long leaves) throws IOException {
    int level = Long.numberOfTrailingZeros(leaves);
    return nodes.node(level, begin >>> level);
  }

  /** The largest power of two less than a number of leaves of 2 or more. */
  private static long split(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }
}
