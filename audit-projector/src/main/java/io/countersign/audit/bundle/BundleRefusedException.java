package io.countersign.audit.bundle;

/** There is no such bundle. Says why. */
public final class BundleRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  BundleRefusedException(Reason reason, String detail) {
    super(reason.words() + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Why there is none. */
  public enum Reason {
    NOTHING_SEALED("no checkpoint was published yet, or none over these entries"),
    TOO_LARGE("a bundle holds at most 10000 entries and 512 MiB; ask for parts"),
    BAD_OLDER_CHECKPOINT("the older checkpoint is not one that this log grew from"),
    DAMAGED("the log is damaged; verify it to see where");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
