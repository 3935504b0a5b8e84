package io.countersign.audit.timestamp;

/** This is no time-stamp over these bytes that somebody trusted made. Says why. */
public final class TimeStampRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  TimeStampRefusedException(Reason reason, String detail) {
    super(reason.words() + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What can be wrong with a time-stamp. */
  public enum Reason {
    NOT_A_RESPONSE("not a time-stamp response"),
    NOT_GRANTED("the authority did not grant it"),
    OTHER_BYTES("the time-stamp is over other bytes"),
    OTHER_REQUEST("the answer is not to this request"),
    WEAK_DIGEST("the token or its imprint is made with a digest that is not good enough"),
    NO_CERTIFICATE("the certificate it was signed with is neither in it nor among the trusted"),
    CERTIFICATE_NOT_VALID("the certificate was not valid at the time of the time-stamp"),
    BAD_SIGNATURE(
        "the signature is not of the certificate it names, or that is not for time-stamps"),
    NOT_TRUSTED("no trusted certificate vouches for the one it was signed with");

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
