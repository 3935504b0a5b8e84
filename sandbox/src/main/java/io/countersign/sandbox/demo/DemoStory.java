package io.countersign.sandbox.demo;

import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.demo.Opening.Items;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo: a team at work in an Azure DevOps of the sandbox, watched by a Countersign that was
 * started to call it. Everything printed is what either of them answered.
 */
public final class DemoStory {

  /** Countersign makes the other subscriptions itself; builds are needed by a gate. */
  private static final List<String> BY_HAND = List.of("build.complete");

  private DemoStory() {}

  /**
   * What came of it, for whoever wants to go on.
   *
   * @param project its id
   * @param workItems ids, by what happened to them
   * @param tokens of the principals, by name
   */
  public record Told(String project, Map<String, String> workItems, Map<String, String> tokens) {

    /** No token. */
    @Override
    public String toString() {
      return "Told[" + project + "]";
    }
  }

  /**
   * Plays it.
   *
   * @param azureDevOps where the people work; nobody did before
   * @param server a Countersign that was told to call it, and that it can reach
   * @param webhookSecret of the server
   * @param operatorToken of the server
   * @param out where it is told
   * @throws StoryException when it did not come out as it has to
   */
  public static Told play(
      AzureDevOpsSandbox azureDevOps,
      URI server,
      String webhookSecret,
      String operatorToken,
      PrintWriter out)
      throws InterruptedException {
    azureDevOps
        .control()
        .subscribe(
            server.resolve("/webhooks/azure-devops").toString(),
            "azure-devops",
            webhookSecret,
            BY_HAND);
    try (var stage = new Stage(new Board(azureDevOps), server, operatorToken, out)) {
      Items items = new Opening(stage).play();
      new GateWalk(stage, items.walked()).play();
      new Violation(stage, items.moved()).play();
      new UrgentFix(stage, items.urgent()).play();
      new Conflict(stage, items.disputed()).play();
      new LostHooks(stage, items.disputed()).play();
      new Ending(stage).play();
      return told(stage, items);
    }
  }

  private static Told told(Stage stage, Items items) {
    Map<String, String> workItems = new LinkedHashMap<>();
    workItems.put("walked", stage.id(items.walked()));
    workItems.put("moved", stage.id(items.moved()));
    workItems.put("urgent", stage.id(items.urgent()));
    workItems.put("disputed", stage.id(items.disputed()));
    Map<String, String> tokens = new LinkedHashMap<>();
    stage.tokens().forEach((member, token) -> tokens.put(member.word(), token));
    return new Told(stage.project(), workItems, tokens);
  }
}
