package io.countersign.kernel.problem;

import java.util.Map;

/**
 * A problem on its way to an HTTP client. Its detail and properties are shown to the client: no
 * secrets in them.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Map<String, Object> properties;

  /** A problem with what was wrong and where. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  /** A problem with further members. */
  public ProblemException(ProblemType type, String detail, Map<String, Object> properties) {
    super(detail, null, false, false);
    this.type = type;
    this.properties = Map.copyOf(properties);
  }

  /** Which problem. */
  public ProblemType type() {
    return type;
  }

  /** What was wrong, and where. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Extension members. */
  public Map<String, Object> properties() {
    return properties;
  }
}
