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
    stage.board().awaitHooks();
    stage.chapter("6. Reconciliation finds what no hook told");
    stage.say(
        "Notifications that Azure DevOps lost: %d. To Countersign #%d is %s.",
        stage.board().hooksLost(), number, state());
    ObjectNode wanted = Countersign.of("project", stage.board().project()).put("full", true);
    stage.operator().post("/api/v1/reconciliations", wanted);
    String path = "/api/v1/reconciliations/" + stage.project();
    JsonNode run =
        stage.await(
            "the project was compared",
            () -> stage.operator().get(path),
            one -> !one.path("running").asBoolean(true));
    if (!Said.text(run, "/outcome").equals("compared")
        || Said.number(run, "/missing") < 1
        || Said.number(run, "/filled") != Said.number(run, "/missing")) {
      throw new StoryException("reconciliation did not find and fill what was lost: " + run);
    }
    stage.say(
        "  compared: %d missing, %d of them filled",
        Said.number(run, "/missing"), Said.number(run, "/filled"));
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
        Said.text(result, "/kind"),
        Said.number(event, "/revisions/source"),
        Said.number(event, "/revisions/ours"));
    event
        .path("missingList")
        .forEach(
            one ->
                stage.say(
                    "  missing was %s %d of %s",
                    Said.text(one, "/kind"),
                    Said.number(one, "/from"),
                    Said.text(one, "/workItem")));
    stage.awaitState(number, "Blocked");
    stage.say("Now #%d is %s here too.", number, state());
  }

  private String state() throws InterruptedException {
    return Said.text(stage.next(Member.BEN, number), "/state");
  }
}
