package io.countersign.auditlog.headmap;

import io.countersign.auditlog.headmap.HeadMapRefusedException.Reason;
import io.countersign.auditlog.merkle.InclusionProof;
import io.countersign.auditlog.merkle.ProofRefusedException;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.NoteFormatException;
import java.util.List;
import java.util.Optional;

/**
 * What a head map says about one aggregate: its head, or that it has none. For an aggregate that is
 * there it shows its head; for another the two heads between which its key would stand, of which
 * one is missing at either end of the map and both in an empty one.
 *
 * @param size entries of the log the map stands over
 * @param aggregates how many heads it has
 * @param shown the heads, in order; two at most
 */
public record HeadMapProof(long size, long aggregates, List<Shown> shown) {

  /** Copies the list. Whether it proves anything is asked when the proof is verified. */
  public HeadMapProof {
    shown = List.copyOf(shown);
  }

  /**
   * A head and where it stands in the map.
   *
   * @param position from 0
   * @param head what stands there
   * @param path hashes from the head's sibling upwards
   */
  public record Shown(long position, Head head, List<TreeHash> path) {

    /** Copies the path. */
    public Shown {
      path = List.copyOf(path);
    }
  }

  /** Reads the text of {@link #toString}. */
  public static HeadMapProof parse(byte[] bytes) throws NoteFormatException {
    return HeadMapProofText.parse(bytes);
  }

  /** In the text format of docs/audit-log-format.md. */
  @Override
  public String toString() {
    return HeadMapProofText.of(this);
  }

  /**
   * Checks all of it: that each head stands where the proof says in a map of this size under this
   * root, and that together they settle the question.
   *
   * @return the aggregate's head; empty when it is proven that it has none
   * @throws HeadMapRefusedException when the one is not proven and the other neither
   */
  public Optional<Head> verify(String aggregateId, HeadMapRoot root)
      throws HeadMapRefusedException {
    if (size < 0 || aggregates < 0 || aggregates > size) {
      throw new HeadMapRefusedException(Reason.IMPOSSIBLE_MAP, -1);
    }
    if (!HeadMapRoot.over(size, aggregates, tree()).equals(root)) {
      throw new HeadMapRefusedException(Reason.ROOT_MISMATCH, -1);
    }
    return answer(HeadKey.of(aggregateId));
  }

  /** The root of the tree that all heads lead to. */
  private TreeHash tree() throws HeadMapRefusedException {
    if (shown.isEmpty() != (aggregates == 0)) {
      throw new HeadMapRefusedException(Reason.WRONG_NUMBER_OF_HEADS, -1);
    }
    TreeHash tree = TreeHash.EMPTY;
    for (int i = 0; i < shown.size(); i++) {
      Shown one = shown.get(i);
      if (one.head().index() >= size) {
        throw new HeadMapRefusedException(Reason.BEHIND_THE_MAP, i);
      }
      TreeHash reached = tree(one, i);
      if (i > 0 && !reached.equals(tree)) {
        throw new HeadMapRefusedException(Reason.HEADS_DISAGREE, i);
      }
      tree = reached;
    }
    return tree;
  }

  private TreeHash tree(Shown one, int i) throws HeadMapRefusedException {
    try {
      return new InclusionProof(one.position(), aggregates, one.path()).rootOver(one.head().leaf());
    } catch (ProofRefusedException e) {
      throw new HeadMapRefusedException(i, e);
    }
  }

  private Optional<Head> answer(HeadKey asked) throws HeadMapRefusedException {
    if (shown.size() == 1 && shown.getFirst().head().key().equals(asked)) {
      return Optional.of(shown.getFirst().head());
    }
    return switch (shown.size()) {
      case 0 -> Optional.empty();
      case 1 -> beyondTheEnd(asked, shown.getFirst());
      case 2 -> between(asked, shown.getFirst(), shown.getLast());
      default -> throw new HeadMapRefusedException(Reason.WRONG_NUMBER_OF_HEADS, 2);
    };
  }

  private Optional<Head> beyondTheEnd(HeadKey asked, Shown one) throws HeadMapRefusedException {
    boolean below = one.position() == 0 && asked.compareTo(one.head().key()) < 0;
    boolean above = one.position() == aggregates - 1 && asked.compareTo(one.head().key()) > 0;
    if (below || above) {
      return Optional.empty();
    }
    throw new HeadMapRefusedException(Reason.OTHER_AGGREGATE, 0);
  }

  private static Optional<Head> between(HeadKey asked, Shown left, Shown right)
      throws HeadMapRefusedException {
    if (left.position() + 1 != right.position()) {
      throw new HeadMapRefusedException(Reason.NOT_NEIGHBORS, 1);
    }
    if (left.head().key().compareTo(asked) >= 0) {
      throw new HeadMapRefusedException(Reason.OTHER_AGGREGATE, 0);
    }
    if (asked.compareTo(right.head().key()) >= 0) {
      throw new HeadMapRefusedException(Reason.OTHER_AGGREGATE, 1);
    }
    return Optional.empty();
  }
}
