package io.countersign.sandbox.demo;

import io.countersign.sandbox.Wire;
import tools.jackson.databind.JsonNode;

/** Somebody moves a work item on the board past its gate. */
final class Violation {

  private final Stage stage;
  private final int number;

  Violation(Stage stage, int number) {
    this.stage = stage;
    this.number = number;
  }

  void play() throws InterruptedException {
    stage.chapter("3. Priya moves #%d on the board, past its gate".formatted(number));
    stage.board().move(Member.PRIYA, number, "Staging");
    JsonNode change =
        Said.last(
            stage.await(
                "the move was judged",
                () -> stage.operator().get(stage.path(number)).path("stateHistory"),
                history ->
                    Said.last(history).at("/verdict/outcome").asString("").equals("violated")));
    JsonNode verdict = change.path("verdict");
    stage.say(
        "What happened is recorded, and judged: entry %d, %s -> %s by %s",
        Said.number(change, "/entryIndex"),
        Said.text(change, "/sourceFrom"),
        Said.text(change, "/sourceTo"),
        Said.text(change, "/changedBy/name/text"));
    stage.say("  breaks %s; what is missing:", Said.text(verdict, "/rule"));
    JsonNode decision =
        Said.last(
            stage.await(
                "the decision is on record",
                () -> stage.operator().get(stage.path(number) + "/gates").path("decisions"),
                decisions -> !decisions.isEmpty()));
    decision.path("missing").forEach(one -> stage.say("  - %s", Said.text(one, "/words")));
    stage.say(
        "The decision is entry %d: policy %s, its SHA-256, and every fact it was judged by.",
        Said.number(decision, "/index"), Said.text(decision, "/policy"));
    answer(escalation());
  }

  private JsonNode escalation() throws InterruptedException {
    JsonNode raised =
        stage.await(
            "an escalation was raised",
            () ->
                stage
                    .operator()
                    .get("/api/v1/escalations?workItem=" + stage.id(number))
                    .path("items"),
            items -> !items.isEmpty());
    JsonNode escalation = raised.path(0);
    stage.say("A human is called: %s", Said.text(escalation, "/id"));
    stage.say(
        "  %s, severity %s, level %d: %s; if nobody answers, level 2 at %s",
        Said.text(escalation, "/kind"),
        Said.text(escalation, "/severity"),
        Said.number(escalation, "/level"),
        Said.text(escalation, "/team"),
        Said.text(escalation, "/level2At"));
    return escalation;
  }

  private void answer(JsonNode escalation) throws InterruptedException {
    String path = "/api/v1/escalations/" + Said.text(escalation, "/id");
    stage.as(Member.TESS).post(path + "/acknowledge", Wire.object());
    JsonNode answered =
        stage.await(
            "the escalation is acknowledged",
            () -> stage.operator().get(path).path("escalation"),
            one -> Said.text(one, "/status").equals("acknowledged"));
    stage.say("  tess answers: %s, it climbs no further", Said.text(answered, "/status"));
  }
}
