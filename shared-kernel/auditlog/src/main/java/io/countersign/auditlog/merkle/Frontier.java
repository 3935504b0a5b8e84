package io.countersign.auditlog.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that grows, as small as it can be kept: its roots of full subtrees, the largest first.
 * Appending costs one node hash on average. Not safe for several threads.
 */
public final class Frontier {

  private final List<TreeHash> peaks = new ArrayList<>();
  private final Completed completed;
  private long size;

  /** An empty tree that tells nobody of its nodes. */
  public Frontier() {
    this((_, _, _) -> {});
  }

  /** An empty tree. */
  public Frontier(Completed completed) {
    this.completed = completed;
  }

  /**
   * A tree that was kept.
   *
   * @param size in leaves
   * @param peaks roots of its full subtrees, the largest first: one for each bit of the size
   * @throws IllegalArgumentException when their number does not fit the size
   */
  public static Frontier of(long size, List<TreeHash> peaks, Completed completed) {
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(
          "a tree of %d leaves does not have %d peaks".formatted(size, peaks.size()));
    }
    var frontier = new Frontier(completed);
    frontier.size = size;
    frontier.peaks.addAll(peaks);
    return frontier;
  }

  /** Is told of each node as soon as no further leaf can change it; leaves included. */
  @FunctionalInterface
  public interface Completed {

    /** A node at its place; see {@link Nodes}. */
    void node(int level, long index, TreeHash hash);
  }

  /** Adds a leaf behind the last one. */
  public void append(TreeHash leaf) {
    long index = size;
    size = Math.incrementExact(size);
    completed.node(0, index, leaf);
    TreeHash hash = leaf;
    for (int level = 0; (index & 1) == 1; level++) {
      hash = TreeHash.node(peaks.removeLast(), hash);
      index >>>= 1;
      completed.node(level + 1, index, hash);
    }
    peaks.add(hash);
  }

  /** In leaves. */
  public long size() {
    return size;
  }

  /** What {@link #of} takes. */
  public List<TreeHash> peaks() {
    return List.copyOf(peaks);
  }

  /** The root of the tree as it is now. */
  public TreeHash root() {
    if (peaks.isEmpty()) {
      return TreeHash.EMPTY;
    }
    TreeHash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = TreeHash.node(peaks.get(i), root);
    }
    return root;
  }
}
