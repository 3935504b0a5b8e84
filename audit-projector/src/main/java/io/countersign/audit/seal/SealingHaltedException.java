package io.countersign.audit.seal;

import io.countersign.audit.key.LogKeyException;

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

  SealingHaltedException(LogKeyException e) {
    super(String.valueOf(e.getMessage()), e);
    this.reason =
        switch (e.reason()) {
          case MISSING -> Reason.KEY_MISSING;
          case FOREIGN -> Reason.KEY_FOREIGN;
          case OTHER_LOG -> Reason.KEY_OF_OTHER_LOG;
          case UNUSABLE -> Reason.KEY_UNUSABLE;
        };
    this.index = 0;
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
    ENTRY_DAMAGED("an entry of the log is not as it was written", Advice.RESTORE_ROW),
    ROLLED_BACK(
        "the database ends before what was sealed: it was restored from an older state",
        Advice.RESTART),
    FORKED("the database holds another entry than the one that was sealed", Advice.RESTART),
    PUBLISHED_DAMAGED("the published files do not lead to the signed root", Advice.RESTORE_FILES),
    PUBLISHED_MISSING(
        "the published files are not there, though the log says that it was sealed",
        Advice.RESTORE_FOLDER),
    FOREIGN_CHECKPOINT(
        "the published checkpoint is not signed with this log's key", Advice.RESTORE_FILES),
    KEY_MISSING("the log's key is not there", Advice.RESTORE_KEY),
    KEY_FOREIGN("the key is not the one of this log", Advice.RESTORE_KEY),
    KEY_OF_OTHER_LOG("what is published is of another log", Advice.RESTORE_DATABASE),
    KEY_UNUSABLE("the log's key cannot be used", Advice.RESTORE_KEY);

    private final String words;
    private final Advice advice;

    Reason(String words, Advice advice) {
      this.words = words;
      this.advice = advice;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** What can be done. */
    public String advice() {
      return advice.words;
    }

    /** Whether the log can be begun anew from what the database holds. */
    public boolean allowsRestart() {
      return advice == Advice.RESTART || advice == Advice.RESTORE_FOLDER;
    }

    /** Whether bringing back a key is all that is needed. */
    public boolean isOfKey() {
      return advice == Advice.RESTORE_KEY || advice == Advice.RESTORE_DATABASE;
    }
  }

  /** What can be done. */
  private enum Advice {
    RESTORE_ROW(
        "restore the row from a copy of the database, then `countersign audit resume --reason ...`;"
            + " without a copy restore the whole database from a backup"),
    RESTORE_FILES(
        "restore the folder's files from a copy, then `countersign audit resume --reason ...`"),
    RESTORE_FOLDER(
        "restore the folder from a copy, then `countersign audit resume --reason ...`; without a"
            + " copy `countersign audit restart --reason ...` begins anew under another origin"),
    RESTORE_DATABASE("restore the database of the log that is published and start the node again"),
    RESTORE_KEY("bring the key back from its copy and start the node again"),
    RESTART(
        "restore the newer database, then `countersign audit resume --reason ...`; or go on from"
            + " what it holds with `countersign audit restart --reason ...`, under another origin");

    private final String words;

    Advice(String words) {
      this.words = words;
    }
  }
}
