package io.countersign.auditlog.witness;

/** A witness does not cosign. Says why, and what it cosigned last. */
public final class WitnessRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final long lastSize;

  WitnessRefusedException(Reason reason, long lastSize, String detail) {
    super(reason.words() + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
    this.reason = reason;
    this.lastSize = lastSize;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Size of what it cosigned last; 0 when there is none or it was not looked for. */
  public long lastSize() {
    return lastSize;
  }

  /** Why a witness refuses, with the status that C2SP tlog-witness gives it. */
  public enum Reason {
    NO_CHECKPOINT(400, "the note is no checkpoint"),
    OLD_SIZE_ABOVE_NEW(400, "the old size is larger than the checkpoint's"),
    NOT_SIGNED(403, "no signature of the log"),
    UNKNOWN_LOG(404, "a log that this witness does not know"),
    OTHER_OLD_SIZE(409, "the old size is not that of the checkpoint cosigned last"),
    OTHER_ROOT(409, "another root was cosigned for this size"),
    NOT_CONSISTENT(422, "it did not grow from the checkpoint cosigned last");

    private final int status;
    private final String words;

    Reason(int status, String words) {
      this.status = status;
      this.words = words;
    }

    /** Of the HTTP answer. */
    public int status() {
      return status;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
