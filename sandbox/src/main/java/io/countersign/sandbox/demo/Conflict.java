package io.countersign.sandbox.demo;

import tools.jackson.databind.JsonNode;

/**
 * Both sides move a work item, and nobody's work is overwritten. The hook that told of it is lost.
 */
final class Conflict {

  private final Stage stage;
  private final int number;

  Conflict(Stage stage, int number) {
    this.stage = stage;
    this.number = number;
  }

  void play() throws InterruptedException {
    stage.chapter("5. Both sides move #%d".formatted(number));
    Board board = stage.board();
    board.awaitHooks();
    board.loseHooks();
    board.move(Member.PRIYA, number, "Blocked");
    board.keepHooks();
    stage.say("Priya moves it to Blocked on the board, and the hook that tells of it is lost.");
    stage.as(Member.BEN).post(stage.path(number) + "/transitions", GateWalk.to("New"));
    stage.say("ben, who cannot know, asks here for New: granted, and to be written.");
    JsonNode waiting =
        stage
            .await(
                "the conflict waits for a decision",
                () -> stage.operator().get("/api/v1/sync/pending").path("items"),
                items -> items.valueStream().anyMatch(one -> one.hasNonNull("conflict")))
            .valueStream()
            .filter(one -> one.hasNonNull("conflict"))
            .findFirst()
            .orElseThrow();
    String conflict = Said.text(waiting, "/conflict");
    long detected = stage.entry(number, "workitem.ConflictDetected");
    stage.say(
        "Nothing is written over Priya's work. Entry %d has both sides: ours %s, theirs %s.",
        detected, Said.text(waiting, "/to"), Said.text(waiting, "/theirs"));
    JsonNode called =
        stage
            .await(
                "a human is called for the conflict",
                () ->
                    stage
                        .operator()
                        .get("/api/v1/escalations?workItem=" + stage.id(number))
                        .path("items"),
                items -> !items.isEmpty())
            .path(0);
    stage.say(
        "  %s: %s, asked is %s",
        Said.text(called, "/kind"), Said.text(called, "/id"), Said.text(called, "/team"));
    stage
        .as(Member.THEO)
        .post(
            "%s/conflicts/%s".formatted(stage.path(number), conflict),
            Countersign.of("keep", "theirs").put("reason", "it is blocked, Priya is right"));
    long resolved = stage.entry(number, "workitem.ConflictResolved");
    stage.say(
        "  theo decides: theirs. Entry %d; on the board it is still %s, revision %d.",
        resolved, board.item(number).state(), board.item(number).rev());
    if (!board.item(number).state().equals("Blocked")) {
      throw new StoryException("Priya's change was overwritten");
    }
  }
}
