package io.countersign.sandbox.demo;

import io.countersign.sandbox.Wire;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Before the story: a project with some work, the people, and the policy that holds from now on.
 */
final class Opening {

  private static final List<String> ON_THE_WAY =
      List.of("Ready", "Active", "Code Review", "Testing", "Staging");

  private final Stage stage;

  Opening(Stage stage) {
    this.stage = stage;
  }

  /**
   * The work items of the story.
   *
   * @param walked goes through the gates
   * @param moved is moved past one
   * @param urgent gets an override
   * @param disputed is moved by both sides
   */
  record Items(int walked, int moved, int urgent, int disputed) {}

  Items play() throws InterruptedException {
    Board board = stage.board();
    stage.chapter("1. A project, its people and a policy");
    stage.say("Azure DevOps       %s (the sandbox's)", board.organization());
    stage.say("project            %s, process %s", board.project(), board.process());
    subscribe();
    Items items = work();
    people();
    decide();
    return items;
  }

  private void subscribe() throws InterruptedException {
    ObjectNode wanted = Countersign.of("project", stage.board().project()).put("recreate", false);
    JsonNode hooks = stage.operator().post("/api/v1/hooks", wanted);
    List<String> statuses = new ArrayList<>();
    hooks.path("items").forEach(hook -> statuses.add(hook.path("status").asString("")));
    if (statuses.isEmpty() || !statuses.stream().allMatch("enabled"::equals)) {
      throw new StoryException("the subscriptions are not enabled: " + statuses);
    }
    stage.project(hooks.path("project").asString(""));
    stage.say("subscriptions      %d made by Countersign, all enabled", statuses.size());
  }

  /** Work that was begun before any policy was attached. */
  private Items work() throws InterruptedException {
    Board board = stage.board();
    int team = board.create(Member.ANN, "Task", "Say hello");
    for (Member member : Member.values()) {
      board.comment(member, team, "Hello from " + member.person().name());
    }
    int walked = begun("Pay by invoice", 0);
    int moved = begun("Refund at once", 4);
    int urgent = begun("Round VAT as the law says", 5);
    int disputed = begun("Dark mode", 2);
    board.awaitHooks();
    stage.await(
        "all work items are known",
        () -> stage.operator().get("/api/v1/work-items?sort=number").path("items"),
        all -> all.size() == 5);
    return new Items(walked, moved, urgent, disputed);
  }

  private int begun(String title, int steps) throws InterruptedException {
    Board board = stage.board();
    int number = board.create(Member.ANN, "Requirement", title);
    board.assign(Member.ANN, number, Member.BEN);
    for (String state : ON_THE_WAY.subList(0, steps)) {
      board.move(Member.BEN, number, state);
    }
    return number;
  }

  private void people() throws InterruptedException {
    List<String> told = new ArrayList<>();
    for (Member member : Member.principals()) {
      ObjectNode wanted = Countersign.of("name", member.word());
      wanted.putArray("roles").add(member.role());
      JsonNode added = stage.operator().post("/api/v1/principals", wanted);
      stage.join(member, added.path("token").asString(""));
      stage.await(
          member.word() + " is linked to a person",
          () ->
              stage
                  .operator()
                  .tryPost(
                      "/api/v1/principals/%s/person".formatted(member.word()),
                      Countersign.of("alias", member.person().mail())),
          Reply::isGood);
      told.add(member.word() + " (" + member.role() + ")");
    }
    stage.say("people             %s,", String.join(", ", told.subList(0, 5)));
    stage.say("                   %s;", String.join(", ", told.subList(5, told.size())));
    stage.say(
        "                   each a principal with a token, linked to who works in Azure DevOps");
  }

  private void decide() throws InterruptedException {
    String project = "/api/v1/projects/" + stage.project();
    stage.operator().put(project + "/process", Countersign.of("process", "cmmi"));
    stage.operator().put(project + "/violation-mode", Countersign.of("mode", "escalate"));
    stage.operator().put(project + "/conflict-policy", Countersign.of("keep", "ask"));
    String policy =
        stage
            .operator()
            .get("/api/v1/policies/built-in")
            .path("items")
            .valueStream()
            .filter(one -> one.path("id").asString("").equals("cmmi"))
            .map(one -> "cmmi@" + one.path("version").asString(""))
            .findFirst()
            .orElseThrow(() -> new StoryException("there is no policy cmmi"));
    stage.operator().post(project + "/policies", Countersign.of("policy", policy));
    JsonNode holds = stage.operator().get(project + "/policies");
    JsonNode attached = holds.path("items").path(0);
    stage.say(
        "policy             %s, SHA-256 %s...",
        attached.path("policy").asString(""),
        attached.path("sha256").asString("").substring(0, 16));
    stage.say(
        "a broken rule      %s; a conflict: %s",
        holds.path("mode").asString(""), holds.path("conflicts").asString(""));
    stage
        .operator()
        .get("/api/v1/work-items?sort=number")
        .path("items")
        .forEach(
            item ->
                stage.say(
                    "work item          #%d %s: %s",
                    item.path("number").asInt(),
                    item.path("title").path("text").asString("?"),
                    item.path("state").asString("?")));
  }

  /** An empty object. */
  static ObjectNode nothing() {
    return Wire.object();
  }
}
