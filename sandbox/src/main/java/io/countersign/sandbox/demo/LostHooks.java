package io.countersign.sandbox.demo;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What no hook told is found, fetched, and counted. */
final class LostHooks {

  private final Stage stage;
  private final int number;

  LostHooks(Stage stage, int number) {
    this.stage = stage;
    this.number = number;
  }

  void play() throws InterruptedException {
    stage.chapter("6. Reconciliation finds what no hook told");
    stage.say(
        "Azure DevOps lost %d notification(s). Countersign thinks #%d is %s.",
        stage.board().hooksLost(), number, state());
    stage.board().awaitHooks();
    ObjectNode wanted = Countersign.of("project", stage.board().project()).put("full", true);
    stage.operator().post("/api/v1/reconciliations", wanted);
    String path = "/api/v1/reconciliations/" + stage.project();
    JsonNode run =
        stage.await(
            "the project was compared",
            () -> stage.operator().get(path),
            one -> !one.path("running").asBoolean(true));
    if (!run.path("outcome").asString("").equals("compared")
        || run.path("missing").asInt() < 1
        || run.path("filled").asInt() != run.path("missing").asInt()) {
      throw new StoryException("reconciliation did not find and fill what was lost: " + run);
    }
    stage.say(
        "  compared: %d missing, %d of them filled",
        run.path("missing").asInt(), run.path("filled").asInt());
    JsonNode result =
        stage
            .operator()
            .get(path + "/results")
            .path("items")
            .valueStream()
            .filter(one -> one.path("event").path("missing").asInt() > 0)
            .findFirst()
            .orElseThrow(() -> new StoryException("the comparison left no entry"));
    JsonNode event = result.path("event");
    stage.say(
        "  %s: the source has %d revisions, we had %d",
        result.path("kind").asString(""),
        event.at("/revisions/source").asInt(),
        event.at("/revisions/ours").asInt());
    event
        .path("missingList")
        .forEach(
            one ->
                stage.say(
                    "  missing was %s %d of %s",
                    one.path("kind").asString(""),
                    one.path("from").asInt(),
                    one.path("workItem").asString("")));
    stage.awaitState(number, "Blocked");
    stage.say("Now #%d is %s here too.", number, state());
  }

  private String state() throws InterruptedException {
    return stage.next(Member.BEN, number).path("state").asString("");
  }
}
