package io.countersign.sandbox.demo;

import tools.jackson.databind.JsonNode;

/** What an answer says. What it does not say ends the story: nothing is made up. */
final class Said {

  private Said() {}

  /** A text at a JSON pointer. */
  static String text(JsonNode answer, String pointer) {
    JsonNode found = answer.at(pointer);
    if (!found.isString()) {
      throw new StoryException("there is no text at %s of %s".formatted(pointer, answer));
    }
    return found.asString();
  }

  /** A whole number at a JSON pointer. */
  static long number(JsonNode answer, String pointer) {
    JsonNode found = answer.at(pointer);
    if (!found.isIntegralNumber()) {
      throw new StoryException("there is no number at %s of %s".formatted(pointer, answer));
    }
    return found.asLong();
  }

  /** The last of a list. */
  static JsonNode last(JsonNode list) {
    return list.path(list.size() - 1);
  }
}
