package io.countersign.auditlog;

/** These bytes are not an entry this version reads. Says why and at which byte; never the bytes. */
public final class EntryFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int offset;

  EntryFormatException(Reason reason, int offset) {
    super(reason.words() + " at byte " + offset, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first byte that is wrong, from 0; the length of the entry where bytes are missing. */
  public int offset() {
    return offset;
  }

  /** What can be wrong with entry bytes. */
  public enum Reason {
    TOO_LONG("longer than 65535 bytes"),
    TRUNCATED("ends too early"),
    UNKNOWN_VERSION("unknown version"),
    UNKNOWN_KIND("unknown kind"),
    RESERVED_KIND("kind that this version reserves but does not read"),
    NUMBER_OUT_OF_RANGE("number out of range"),
    STRING_TOO_LONG("string longer than 1024 bytes"),
    BAD_UTF8("string that is not UTF-8"),
    TRAILING_BYTES("bytes after the end");

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
