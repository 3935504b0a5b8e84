package io.countersign.command.azuredevops;

/** A notification is not shaped as it should be. Carries the place, never a value. */
final class ShapeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  ShapeException(String code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  static ShapeException wrong(String pointer, String expected) {
    return new ShapeException("wrong-shape", expected + " expected at " + pointer);
  }

  String code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
