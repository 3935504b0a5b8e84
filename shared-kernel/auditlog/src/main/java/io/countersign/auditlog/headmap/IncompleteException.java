package io.countersign.auditlog.headmap;

import io.countersign.auditlog.EntryFormatException;

/** These are not all entries of an aggregate. Says why and at which of them. */
public final class IncompleteException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int at;

  IncompleteException(Reason reason, int at) {
    super("%s, at entry %d of those given".formatted(reason.words(), at), null, false, false);
    this.reason = reason;
    this.at = at;
  }

  IncompleteException(int at, EntryFormatException cause) {
    super(
        "%s, at entry %d of those given: %s"
            .formatted(Reason.UNREADABLE.words(), at, cause.getMessage()),
        cause,
        false,
        false);
    this.reason = Reason.UNREADABLE;
    this.at = at;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first entry that is wrong or missing, counted from 0 among those given. */
  public int at() {
    return at;
  }

  /** What can be wrong. */
  public enum Reason {
    UNREADABLE("these are no entry bytes"),
    OTHER_AGGREGATE("an entry of another aggregate"),
    OTHER_LOG("an entry of another log than the one before"),
    SEQUENCE_GAP("the sequence does not go on"),
    LINK_MISMATCH("it does not name the aggregate's entry before"),
    BEHIND_THE_MAP("an entry that came after the map"),
    ABSENT_IN_THE_MAP("the map has no such aggregate"),
    LAST_ENTRIES_MISSING("the map knows later entries"),
    NOT_THE_LAST("the map knows another last entry");

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
