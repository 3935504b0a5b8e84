package io.countersign.auditlog.note;

/** A note is not signed as it should be. Names the key. */
public final class NoteRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String key;

  /**
   * A refusal.
   *
   * @param key names of those that were expected, or the one that is bad
   */
  public NoteRefusedException(Reason reason, String key) {
    super(reason.words() + ": " + key, null, false, false);
    this.reason = reason;
    this.key = key;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Name of the key, or names of those that were expected. */
  public String key() {
    return key;
  }

  /** What can be wrong with the signatures of a note. */
  public enum Reason {
    NOT_SIGNED("not signed by a key that is expected"),
    BAD_SIGNATURE("the signature is not of this key over this text"),
    BAD_TIME("the time of the cosignature is out of range"),
    NOT_VALID_AT_SIZE("not signed by each algorithm that the policy has keys of for this size"),
    OTHER_ORIGIN("a checkpoint of another log");

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
