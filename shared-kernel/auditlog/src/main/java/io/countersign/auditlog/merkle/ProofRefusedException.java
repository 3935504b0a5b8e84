package io.countersign.auditlog.merkle;

/** A proof does not prove what it should. Says why and at which of its hashes. */
public final class ProofRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int at;

  ProofRefusedException(Reason reason, int at) {
    super(reason.words() + (at < 0 ? "" : ", at hash " + at + " of the proof"), null, false, false);
    this.reason = reason;
    this.at = at;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /**
   * The first hash of the path that is wrong, from 0; the length of the path where one is missing;
   * -1 where no single hash is to blame.
   */
  public int at() {
    return at;
  }

  /** What can be wrong with a proof. */
  public enum Reason {
    EMPTY_TREE("a tree without entries proves nothing"),
    INDEX_OUTSIDE_TREE("the index is not one of the tree"),
    SIZES_OUT_OF_ORDER("the older tree is larger than the newer one"),
    NOT_A_SUBTREE("no subtree begins and ends there"),
    PATH_TOO_SHORT("a hash is missing"),
    PATH_TOO_LONG("there are more hashes than levels"),
    ROOT_MISMATCH("the path leads to another root"),
    OLD_ROOT_MISMATCH("the path leads to another older root");

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
