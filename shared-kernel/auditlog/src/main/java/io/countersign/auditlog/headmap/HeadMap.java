package io.countersign.auditlog.headmap;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.Tree;
import io.countersign.auditlog.merkle.TreeHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole head map at one size of the log. Heads lie in order of their keys in one array, and of
 * the tree over them only the nodes from level 4 on are kept: 52 bytes for each aggregate. Never
 * changes.
 */
public final class HeadMap {

  /** Lower nodes are computed when they are asked for, from at most 8 heads. */
  private static final int KEPT_FROM = 4;

  private final long size;
  private final int aggregates;
  private final byte[] heads;
  private final byte[][] nodes;
  private final HeadMapRoot root;

  /**
   * A map over packed heads.
   *
   * @param heads in strictly ascending order; not copied
   */
  HeadMap(long size, int aggregates, byte[] heads) {
    this.size = size;
    this.aggregates = aggregates;
    this.heads = heads;
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(aggregates >>> KEPT_FROM);
    this.nodes = new byte[levels][];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new byte[(aggregates >>> (KEPT_FROM + i)) * Sha256.LENGTH];
    }
    var tree = new Frontier(this::keep);
    for (int position = 0; position < aggregates; position++) {
      tree.append(leaf(position));
    }
    this.root = HeadMapRoot.over(size, aggregates, tree.root());
  }

  /**
   * A map of heads in any order.
   *
   * @param size entries of the log it stands over
   * @throws IllegalArgumentException when an aggregate is there twice, or a head is not below the
   *     size
   */
  public static HeadMap of(long size, Collection<Head> heads) {
    var builder = new HeadMapBuilder(size);
    heads.stream().sorted((a, b) -> a.key().compareTo(b.key())).forEach(builder::add);
    return builder.build();
  }

  /**
   * The map of the same log when it has grown.
   *
   * @param grown its size then
   * @param changed heads of the aggregates that got entries since
   */
  public HeadMap with(long grown, Collection<Head> changed) {
    var rest = new TreeMap<HeadKey, Head>();
    changed.forEach(head -> rest.put(head.key(), head));
    var builder = new HeadMapBuilder(grown);
    for (int position = 0; position < aggregates; position++) {
      Head kept = at(position);
      while (!rest.isEmpty() && rest.firstKey().compareTo(kept.key()) < 0) {
        builder.add(rest.pollFirstEntry().getValue());
      }
      Head newer = rest.remove(kept.key());
      builder.add(newer == null ? kept : newer);
    }
    rest.values().forEach(builder::add);
    return builder.build();
  }

  /** Entries of the log it stands over. */
  public long size() {
    return size;
  }

  /** How many there are. */
  public int aggregates() {
    return aggregates;
  }

  /** What the log records. */
  public HeadMapRoot root() {
    return root;
  }

  /** The head of an aggregate; empty when the log has no entry of it. */
  public Optional<Head> head(String aggregateId) {
    int position = find(HeadKey.of(aggregateId));
    return position < 0 ? Optional.empty() : Optional.of(at(position));
  }

  /** The proof of an aggregate's head, or that it has none. */
  public HeadMapProof prove(String aggregateId) {
    int position = find(HeadKey.of(aggregateId));
    if (position >= 0) {
      return proof(List.of(shown(position)));
    }
    int above = -position - 1; // of the first head with a greater key
    if (aggregates == 0) {
      return proof(List.of());
    }
    if (above == 0 || above == aggregates) {
      return proof(List.of(shown(above == 0 ? 0 : above - 1)));
    }
    return proof(List.of(shown(above - 1), shown(above)));
  }

  private HeadMapProof proof(List<HeadMapProof.Shown> shown) {
    return new HeadMapProof(size, aggregates, shown);
  }

  private HeadMapProof.Shown shown(int position) {
    try {
      InclusionProof proof = new Tree(this::node, aggregates).inclusion(position);
      return new HeadMapProof.Shown(position, at(position), proof.path());
    } catch (IOException e) {
      throw new UncheckedIOException("the nodes lie in memory", e);
    }
  }

  /** As {@link Arrays#binarySearch(long[], long)}. */
  private int find(HeadKey key) {
    int low = 0;
    int high = aggregates - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.compareTo(heads, middle * Head.BYTES);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return -low - 1;
  }

  private Head at(int position) {
    return Head.at(heads, position * Head.BYTES);
  }

  private TreeHash leaf(int position) {
    return Head.leaf(heads, position * Head.BYTES);
  }

  private void keep(int level, long index, TreeHash hash) {
    if (level >= KEPT_FROM) {
      hash.copyTo(nodes[level - KEPT_FROM], (int) index * Sha256.LENGTH);
    }
  }

  private TreeHash node(int level, long index) {
    if (level == 0) {
      return leaf((int) index);
    }
    if (level < KEPT_FROM) {
      return TreeHash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }
    int at = (int) index * Sha256.LENGTH;
    return TreeHash.fromBytes(Arrays.copyOfRange(nodes[level - KEPT_FROM], at, at + Sha256.LENGTH));
  }
}
