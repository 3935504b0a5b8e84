package io.countersign.sandbox.demo;

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
    hello();
    people();
    states();
    Items items = work();
    decide();
    return items;
  }

  private void subscribe() throws InterruptedException {
    ObjectNode wanted = Countersign.of("project", stage.board().project()).put("recreate", false);
    JsonNode hooks = stage.operator().post("/api/v1/hooks", wanted);
    List<String> statuses = new ArrayList<>();
    hooks.path("items").forEach(hook -> statuses.add(Said.text(hook, "/status")));
    if (statuses.isEmpty() || !statuses.stream().allMatch("enabled"::equals)) {
      throw new StoryException("the subscriptions are not enabled: " + statuses);
    }
    stage.project(Said.text(hooks, "/project"));
    stage.say(
        "subscriptions      %d made by Countersign, all enabled; that of builds by hand",
        statuses.size());
  }

  /** The first work item tells Countersign of the project, and its comments of the people. */
  private void hello() throws InterruptedException {
    Board board = stage.board();
    int team = board.create(Member.ANN, "Task", "Say hello");
    for (Member member : Member.values()) {
      board.comment(member, team, "Hello from " + member.person().name());
    }
    awaitItems(1);
  }

  private void states() throws InterruptedException {
    String project = "/api/v1/projects/" + stage.project();
    stage.operator().put(project + "/process", Countersign.of("process", "cmmi"));
    JsonNode states =
        stage.operator().get("/api/v1/sync/states?project=" + stage.project()).path("items");
    int mapped = 0;
    for (JsonNode one : states) {
      if (!one.hasNonNull("means") && one.hasNonNull("suggested")) {
        ObjectNode mapping =
            Countersign.of("workItemType", Said.text(one, "/workItemType"))
                .put("sourceState", Said.text(one, "/sourceState"))
                .put("state", Said.text(one, "/suggested"));
        stage.operator().put(project + "/states", mapping);
        mapped++;
      }
    }
    stage.say(
        "states             %d read from Azure DevOps, %d of them mapped as suggested",
        states.size(), mapped);
  }

  /** Work that was begun before any policy was attached. */
  private Items work() throws InterruptedException {
    int walked = begun("Pay by invoice", 0);
    int moved = begun("Refund at once", 4);
    int urgent = begun("Round VAT as the law says", 5);
    int disputed = begun("Dark mode", 2);
    stage.board().awaitHooks();
    awaitItems(5);
    return new Items(walked, moved, urgent, disputed);
  }

  private void awaitItems(int count) throws InterruptedException {
    stage.await(
        count + " work items are known",
        () -> stage.operator().get("/api/v1/work-items").path("items"),
        all -> all.size() == count);
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
      stage.join(member, Said.text(added, "/token"));
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
    stage.operator().put(project + "/violation-mode", Countersign.of("mode", "escalate"));
    stage.operator().put(project + "/conflict-policy", Countersign.of("keep", "ask"));
    String policy =
        stage
            .operator()
            .get("/api/v1/policies/built-in")
            .path("items")
            .valueStream()
            .filter(one -> Said.text(one, "/id").equals("cmmi"))
            .map(one -> "cmmi@" + Said.text(one, "/version"))
            .findFirst()
            .orElseThrow(() -> new StoryException("there is no policy cmmi"));
    stage.operator().post(project + "/policies", Countersign.of("policy", policy));
    JsonNode holds = stage.operator().get(project + "/policies");
    JsonNode attached = holds.path("items").path(0);
    stage.say(
        "policy             %s, SHA-256 %s...",
        Said.text(attached, "/policy"), Said.text(attached, "/sha256").substring(0, 16));
    stage.say(
        "a broken rule      %s; a conflict: %s",
        Said.text(holds, "/mode"), Said.text(holds, "/conflicts"));
    stage
        .operator()
        .get("/api/v1/work-items?sort=number")
        .path("items")
        .forEach(
            item ->
                stage.say(
                    "work item          #%d %s: %s",
                    Said.number(item, "/number"),
                    Said.text(item, "/title/text"),
                    Said.text(item, "/state")));
  }
}
