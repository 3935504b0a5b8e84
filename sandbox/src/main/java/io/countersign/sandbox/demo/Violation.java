package io.countersign.sandbox.demo;

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
        stage.await(
            "the move was judged",
            () -> stage.operator().get(stage.path(number)).path("stateHistory"),
            history -> last(history).at("/verdict/outcome").asString("").equals("violated"));
    JsonNode verdict = last(change).path("verdict");
    stage.say(
        "What happened is recorded, and judged: entry %d, %s -> %s by %s",
        last(change).path("entryIndex").asInt(),
        last(change).path("sourceFrom").asString(""),
        last(change).path("sourceTo").asString(""),
        last(change).at("/changedBy/name").asString(Member.PRIYA.person().name()));
    stage.say("  breaks %s", verdict.path("rule").asString(""));
    JsonNode decision =
        last(
            stage.await(
                "the decision is on record",
                () -> stage.operator().get(stage.path(number) + "/gates").path("decisions"),
                decisions -> !decisions.isEmpty()));
    decision
        .path("missing")
        .forEach(one -> stage.say("  missing: %s", one.path("words").asString("")));
    stage.say(
        "The decision is entry %d: policy %s, its SHA-256, and every fact it was judged by.",
        decision.path("index").asInt(), decision.path("policy").asString(""));
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
    stage.say("A human is called: %s", escalation.path("id").asString(""));
    stage.say(
        "  %s, severity %s, level %d: %s; if nobody answers, level 2 at %s",
        escalation.path("kind").asString(""),
        escalation.path("severity").asString(""),
        escalation.path("level").asInt(),
        escalation.path("team").asString(""),
        escalation.path("level2At").asString(""));
    return escalation;
  }

  private void answer(JsonNode escalation) throws InterruptedException {
    String path = "/api/v1/escalations/" + escalation.path("id").asString("");
    stage.as(Member.TESS).post(path + "/acknowledge", Opening.nothing());
    JsonNode answered =
        stage.await(
            "the escalation is acknowledged",
            () -> stage.operator().get(path).path("escalation"),
            one -> one.path("status").asString("").equals("acknowledged"));
    stage.say("  tess answers: %s, it climbs no further", answered.path("status").asString(""));
  }

  private static JsonNode last(JsonNode list) {
    return list.path(list.size() - 1);
  }
}
