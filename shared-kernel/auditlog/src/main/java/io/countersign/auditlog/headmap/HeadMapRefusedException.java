package io.countersign.auditlog.headmap;

import io.countersign.auditlog.merkle.ProofRefusedException;

/** A proof does not settle where an aggregate's head is. Says why and at which of its heads. */
public final class HeadMapRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int head;

  HeadMapRefusedException(Reason reason, int head) {
    super(reason.words() + place(head), null, false, false);
    this.reason = reason;
    this.head = head;
  }

  HeadMapRefusedException(int head, ProofRefusedException cause) {
    super(
        "%s%s: %s".formatted(Reason.PATH_REFUSED.words(), place(head), cause.getMessage()),
        cause,
        false,
        false);
    this.reason = Reason.PATH_REFUSED;
    this.head = head;
  }

  private static String place(int head) {
    return head < 0 ? "" : ", at head " + head + " of the proof";
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first head of the proof that is wrong, from 0; -1 where no single one is to blame. */
  public int head() {
    return head;
  }

  /** What can be wrong with a proof. */
  public enum Reason {
    IMPOSSIBLE_MAP("a map has no more aggregates than the log has entries"),
    WRONG_NUMBER_OF_HEADS("only an empty map shows no head, and none shows more than two"),
    BEHIND_THE_MAP("a head is not below the size the map stands over"),
    PATH_REFUSED("the path of a head does not fit the map"),
    HEADS_DISAGREE("the heads do not lead to the same tree"),
    ROOT_MISMATCH("the proof leads to another map than the one recorded"),
    NOT_NEIGHBORS("there may be others between the two heads"),
    OTHER_AGGREGATE("the heads do not say whether there is the one asked for");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
