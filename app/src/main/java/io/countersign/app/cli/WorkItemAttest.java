package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code work-item attest}: somebody's word for a requirement. */
@Command(
    name = "attest",
    description = {
      "Vouches that a requirement is met which no fact tells, with your name and your roles of now."
          + " With --withdraw, takes your word back."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign work-item attest workitem:fabrikam:4711 test_completion")
final class WorkItemAttest extends WorkItemCommand.Part {

  @Parameters(index = "1", paramLabel = "REQUIREMENT", description = "As `next` names it.")
  private String requirement = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "In words. Recorded, sealed.")
  private @Nullable String comment;

  @Option(names = "--withdraw", description = "Take it back.")
  private boolean withdraw;

  WorkItemAttest() {}

  @Override
  int ask(ApiClient api) {
    ObjectNode body = body();
    if (comment != null) {
      body.put("comment", comment);
    }
    return withdraw
        ? decide(
            api,
            "/attestations/" + ApiClient.escaped(requirement) + "/withdraw",
            body,
            "taken back")
        : decide(api, "/attestations", body.put("requirement", requirement), "recorded");
  }
}
