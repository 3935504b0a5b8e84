package io.countersign.kernel.problem;

import java.util.Locale;

/** The problems of the HTTP API (RFC 9457). The type URI is {@code /problems/<slug>}. */
public enum ProblemType {
  INVALID_REQUEST(400, "The request is not valid"),
  UNAUTHENTICATED(401, "A valid token is needed"),
  FORBIDDEN(403, "Your roles do not permit this"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be produced"),
  CONFLICT(409, "This does not go together with what is there"),
  WRONG_STATE(409, "It is not in the state that this needs"),
  TRANSITION_REFUSED(409, "A rule forbids this transition"),
  GATE_REFUSED(409, "The gate does not take this"),
  POSITION_NOT_REACHED(409, "The read model has not reached the asked position yet"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "This media type is not understood"),
  INTERNAL(500, "Something went wrong here"),
  OVERLOADED(503, "There is more work than can be taken right now"),
  UNAVAILABLE(503, "Something this needs is not available right now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status code. */
  public int status() {
    return status;
  }

  /** Short, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** Last part of the type URI. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
