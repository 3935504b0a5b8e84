package io.countersign.audit.seal;

/**
 * The log may not be sealed any further until somebody has decided: what lies in the database and
 * what was signed do not go together.
 */
public final class SealingHaltedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final long index;

  SealingHaltedException(Reason reason, long index, String detail) {
    super(reason.words() + ", entry " + index + (detail.isEmpty() ? "" : ": " + detail));
    this.reason = reason;
    this.index = index;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first entry that is wrong or not there. */
  public long index() {
    return index;
  }

  /** Why sealing stops. */
  public enum Reason {
    ENTRY_DAMAGED("an entry of the log is not as it was written"),
    ROLLED_BACK("the database ends before what was sealed: it was restored from an older state"),
    FORKED("the database holds another entry than the one that was sealed"),
    PUBLISHED_DAMAGED("the published files do not lead to the signed root"),
    FOREIGN_CHECKPOINT("the published checkpoint is not signed with this log's key");

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
