package io.countersign.sandbox.demo;

import tools.jackson.databind.JsonNode;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param body JSON; an empty object when there was none
 */
record Reply(int status, JsonNode body) {

  boolean isGood() {
    return status / 100 == 2;
  }

  /** What a problem says: its detail, else its title. */
  String words() {
    return body.path("detail").asString(body.path("title").asString(""));
  }
}
