package io.countersign.auditlog.note;

/** This is not a signed note, key, checkpoint or proof file. Says why and in which line. */
public final class NoteFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int line;

  /**
   * A refusal.
   *
   * @param line from 1
   */
  public NoteFormatException(Reason reason, int line) {
    super(reason.words() + ", line " + line, null, false, false);
    this.reason = reason;
    this.line = line;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first line that is wrong, from 1. */
  public int line() {
    return line;
  }

  /** What can be wrong. */
  public enum Reason {
    TOO_LONG("longer than 1000000 bytes"),
    NOT_UTF8("not UTF-8"),
    CONTROL_CHARACTER("a control character"),
    NO_FINAL_NEWLINE("the last line does not end"),
    NO_SIGNATURES("no empty line with signatures after it"),
    TOO_MANY_SIGNATURES("more than 100 signatures"),
    BAD_SIGNATURE_LINE("not a signature line"),
    BAD_KEY_NAME("a key name is not empty and has no space and no plus"),
    BAD_BASE64("not the canonical base64 of what should stand there"),
    BAD_KEY("not a verifier key of a known type"),
    KEY_ID_MISMATCH("the key id is not the one of name and key"),
    BAD_KEY_LINE("not a key with the first and the last size it signs"),
    OTHER_LOG("a key of another log than the one before"),
    MISSING_LINE("a line is missing"),
    BAD_HEADER("not the header of this format"),
    EMPTY_LINE("an empty line where none may be"),
    BAD_NUMBER("not a decimal number without leading zeros, or too large"),
    BAD_HASH("not the base64 of a hash");

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
