package io.countersign.auditlog.policy;

/** This is not a trust policy. Says why and in which line. */
public final class PolicyFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int line;

  PolicyFormatException(Reason reason, int line) {
    super(reason.words() + ", line " + line, null, false, false);
    this.reason = reason;
    this.line = line;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The first line that is wrong, from 1; the line after the last where one is missing. */
  public int line() {
    return line;
  }

  /** What can be wrong. */
  public enum Reason {
    TOO_LONG("longer than 1000000 bytes"),
    BAD_CHARACTER("a control character, a carriage return perhaps"),
    NO_FINAL_NEWLINE("the last line does not end"),
    UNKNOWN_LINE("a line begins with log, witness, group, quorum or #"),
    MISSING_WORD("a word is missing"),
    EXTRA_WORD("a word too many"),
    BAD_KEY("not a verifier key"),
    WRONG_KEY_TYPE("a key of this type is not one of a log, or not one of a witness"),
    DUPLICATE_KEY("this key was named before"),
    DUPLICATE_NAME("this name was defined before"),
    RESERVED_NAME("the name none cannot be defined, nor be a member"),
    UNKNOWN_NAME("no line before this one defines the name"),
    SECOND_MEMBERSHIP("a witness or group is a member only once"),
    BAD_THRESHOLD("the threshold is any, all or a number from 1 to that of the members"),
    TOO_MANY("more than 64 logs, witnesses or groups"),
    SECOND_QUORUM("a second quorum"),
    NO_QUORUM("no quorum line");

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
