package io.countersign.sandbox.demo;

import tools.jackson.databind.JsonNode;

/** Nothing is left over, and all of it is sealed. */
final class Ending {

  private final Stage stage;

  Ending(Stage stage) {
    this.stage = stage;
  }

  void play() throws InterruptedException {
    stage.chapter("7. What is left");
    stage.await(
        "nothing waits to be written",
        () -> stage.operator().get("/api/v1/sync/pending").path("items"),
        JsonNode::isEmpty);
    JsonNode quarantined =
        stage.operator().get("/api/v1/inbox/deliveries?status=quarantined").path("items");
    if (!quarantined.isEmpty()) {
      throw new StoryException("deliveries could not be handled: " + quarantined.size());
    }
    stage.say("Nothing waits to be written, no delivery is in quarantine.");
    JsonNode head = stage.operator().get("/api/v1/log/head");
    long last = Said.number(head, "/lastIndex");
    JsonNode sealed =
        stage.await(
            "the log is sealed",
            () -> stage.operator().get("/api/v1/log/checkpoints/latest"),
            checkpoint -> Said.number(checkpoint, "/size") > last);
    stage.say(
        "The log has %d entries, sealed by a signed checkpoint over %d.",
        last + 1, Said.number(sealed, "/size"));
  }
}
