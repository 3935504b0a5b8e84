package io.countersign.app.cli;

import tools.jackson.databind.JsonNode;

/** The server refused, and said why. */
final class ApiProblem extends CommandFailed {

  private static final long serialVersionUID = 1L;

  private final transient JsonNode body;

  ApiProblem(String message, JsonNode body) {
    super(message);
    this.body = body;
  }

  /** The problem as the server told it. */
  JsonNode body() {
    return body;
  }
}
