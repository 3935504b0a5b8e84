package io.countersign.sandbox.demo;

import io.countersign.sandbox.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A transition passes although something is missing: one asks, a second person agrees. */
final class UrgentFix {

  private static final String WHY =
      "Invoices are wrong since midnight; the fix was tried on staging by hand, incident 12";

  private final Stage stage;
  private final int number;

  UrgentFix(Stage stage, int number) {
    this.stage = stage;
    this.number = number;
  }

  void play() throws InterruptedException {
    stage.chapter("4. #%d cannot wait: an override, by two people".formatted(number));
    JsonNode missing =
        GateWalk.prospect(stage.next(Member.THEO, number), "Production").path("missing");
    stage.say("Staging -> Production: %d things are missing.", missing.size());
    String overrides = stage.path(number) + "/overrides";
    ObjectNode wanted = GateWalk.to("Production").put("justification", WHY);
    String id = Said.text(stage.as(Member.THEO).post(overrides, wanted), "/id");
    stage.say("  theo asks for an override: \"%s\"", WHY);
    String confirm = overrides + "/" + id + "/confirm";
    Reply alone = stage.as(Member.THEO).tryPost(confirm, Wire.object());
    if (alone.isGood()) {
      throw new StoryException("theo agreed with himself");
    }
    stage.say("  theo agrees with himself: not taken (%d), %s", alone.status(), alone.words());
    stage.as(Member.RENE).post(confirm, Countersign.of("comment", "seen on staging, I agree"));
    stage.say("  rene agrees");
    stage.as(Member.THEO).post(stage.path(number) + "/transitions", GateWalk.to("Production"));
    stage.awaitState(number, "Production");
    stage.say(
        "  theo asks for Production: granted. On the board: %s, revision %d,",
        stage.board().item(number).state(), stage.board().item(number).rev());
    stage.say("    \"%s\"", stage.board().lastWords(number));
    JsonNode decision =
        stage
            .await(
                "the decision is on record",
                () -> stage.operator().get(stage.path(number) + "/gates").path("decisions"),
                decisions -> decisions.valueStream().anyMatch(one -> one.hasNonNull("override")))
            .valueStream()
            .filter(one -> one.hasNonNull("override"))
            .findFirst()
            .orElseThrow();
    stage.say(
        "  The log keeps who, why, and what was missing: entry %d names all %d.",
        Said.number(decision, "/index"), decision.path("missing").size());
  }
}
