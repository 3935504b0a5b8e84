package io.countersign.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.sandbox.azuredevops.ItemView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A work item goes from New to Done, and gets at each gate what is missing there. */
final class GateWalk {

  private final Stage stage;
  private final int number;
  private int pullRequest;

  GateWalk(Stage stage, int number) {
    this.stage = stage;
    this.number = number;
  }

  void play() throws InterruptedException {
    stage.chapter("2. #%d goes from New to Done, through every gate".formatted(number));
    stage.say("What is missing is what GET %s/next says.", stage.path(number));
    for (Step step : Step.ALL) {
      play(step);
    }
  }

  private void play(Step step) throws InterruptedException {
    JsonNode next = stage.next(Member.BEN, number);
    stage.say("");
    stage.say("  %s -> %s", Said.text(next, "/state"), step.to());
    JsonNode prospect = prospect(next, step.to());
    if (prospect.path("missing").isEmpty() != step.acts().isEmpty()) {
      throw new StoryException("what %s needs is not what the story knows".formatted(step.to()));
    }
    prospect.path("missing").forEach(one -> stage.say("    - %s", Said.text(one, "/words")));
    if (!step.acts().isEmpty()) {
      refusedAtFirst(step, prospect);
    }
    for (Act act : step.acts()) {
      play(act, step.to());
    }
    stage.await(
        "%s may follow".formatted(step.to()),
        () -> prospect(stage.next(Member.BEN, number), step.to()),
        one -> one.path("allowed").asBoolean(false));
    stage.as(Member.BEN).post(stage.path(number) + "/transitions", to(step.to()));
    stage.awaitState(number, step.to());
    ItemView item = stage.board().item(number);
    stage.say(
        "    ben asks%s: granted. On the board: %s, revision %d,",
        step.acts().isEmpty() ? "" : " again", item.state(), item.rev());
    stage.say("      \"%s\"", stage.board().lastWords(number));
  }

  private void refusedAtFirst(Step step, JsonNode prospect) throws InterruptedException {
    Reply early = stage.as(Member.BEN).tryPost(stage.path(number) + "/transitions", to(step.to()));
    if (early.isGood() || early.body().path("missing").size() != prospect.path("missing").size()) {
      throw new StoryException(
          "%s was not refused for what is missing: %d".formatted(step.to(), early.status()));
    }
    stage.say(
        "    ben asks for it: refused (%d), %d things are missing",
        early.status(), early.body().path("missing").size());
  }

  private void play(Act act, String to) throws InterruptedException {
    switch (act) {
      case Act.Attach(Member who, String kind) -> {
        stage.as(who).post(stage.path(number) + "/documents", document(kind));
        stage.say("    %s attaches %s", who.word(), kind);
      }
      case Act.Attest(Member who, String requirement) -> {
        stage
            .as(who)
            .post(stage.path(number) + "/attestations", Countersign.of("requirement", requirement));
        stage.say("    %s vouches for %s", who.word(), requirement);
      }
      case Act.Approve(Member who, String gate) -> {
        Reply reply = decide(who, to, gate);
        if (!reply.isGood()) {
          throw new StoryException(
              "%s could not approve %s: %s".formatted(who.word(), gate, reply.words()));
        }
        stage.say(
            "    %s approves %s of revision %d",
            who.word(), gate, Said.number(reply.body(), "/revision"));
      }
      case Act.ApproveInVain(Member who, String gate) -> {
        Reply reply = decide(who, to, gate);
        if (reply.isGood()) {
          throw new StoryException("%s approved his own work".formatted(who.word()));
        }
        stage.say(
            "    %s approves %s: not taken (%d), %s",
            who.word(), gate, reply.status(), reply.words());
      }
      case Act.OpenPullRequest(Member who, Member reviewer) -> {
        pullRequest = stage.board().pullRequest(who, reviewer, number, "Resolve #" + number);
        stage.say("    %s opens pull request %d in Azure DevOps", who.word(), pullRequest);
        stage.awaitState(number, "InProgress");
      }
      case Act.Vote(Member who) -> {
        stage.board().vote(who, pullRequest);
        stage.say("    %s approves pull request %d in Azure DevOps", who.word(), pullRequest);
      }
      case Act.Build(Member who) -> {
        stage.board().build(who, number);
        stage.say("    a build of it succeeds in Azure DevOps");
        stage.awaitState(number, "InProgress");
      }
    }
  }

  private Reply decide(Member who, String to, String gate) throws InterruptedException {
    ObjectNode approval = to(to).put("gate", gate).put("decision", "approve");
    approval.put("revision", Said.number(stage.next(who, number), "/revision"));
    return stage.as(who).tryPost(stage.path(number) + "/approvals", approval);
  }

  private ObjectNode document(String kind) {
    String text = "%s of #%d".formatted(kind, number);
    return Countersign.of("kind", kind)
        .put("digest", sha256(text))
        .put("location", "https://docs.fabrikam.example/%d/%s.md".formatted(number, kind));
  }

  /** What is said of a transition to this state. */
  static JsonNode prospect(JsonNode next, String to) {
    return next.path("transitions")
        .valueStream()
        .filter(one -> Said.text(one, "/to").equals(to))
        .findFirst()
        .orElseThrow(
            () ->
                new StoryException(
                    "%s does not follow %s".formatted(to, Said.text(next, "/state"))));
  }

  static ObjectNode to(String state) {
    return Countersign.of("to", state);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
