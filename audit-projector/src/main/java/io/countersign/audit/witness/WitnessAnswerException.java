package io.countersign.audit.witness;

/** A witness did not cosign. Says why. */
public final class WitnessAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  WitnessAnswerException(Reason reason, String detail) {
    super(reason.words() + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What a witness can answer, other than a cosignature. */
  public enum Reason {
    LARGER_LOG("it cosigned a larger log: this one was rolled back, or another has its key"),
    OTHER_ROOT("it cosigned another root for this size: somebody signs another history"),
    NOT_CONSISTENT("it does not accept the proof that the log grew from what it cosigned"),
    UNKNOWN_LOG("it does not know this log: give its operator the verifier key"),
    NOT_ACCEPTED("it does not accept the log's signature"),
    BAD_COSIGNATURE("what it answered is not its cosignature of this checkpoint"),
    BAD_ANSWER("an answer that a witness does not give");

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
