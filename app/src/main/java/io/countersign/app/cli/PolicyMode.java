package io.countersign.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign policy mode}: what follows a violation in the source. */
@Command(
    name = "mode",
    description = {
      "Says what follows when somebody breaks a project's policy in Azure DevOps itself. observe: it is"
          + " recorded. escalate: and a human is called. enforce: and it is moved back, never when"
          + " updates of the item are missing or the change was told late."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  countersign policy mode project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f escalate")
final class PolicyMode extends ServerCommand {

  @Parameters(index = "0", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
  private String project = "";

  @Parameters(index = "1", paramLabel = "MODE", description = "observe, escalate or enforce.")
  private String mode = "";

  PolicyMode() {}

  @Override
  int ask(ApiClient api) {
    ObjectNode body = ApiClient.JSON.createObjectNode().put("mode", mode);
    JsonNode answer =
        api.put("/api/v1/projects/" + ProjectArgument.path(api, project) + "/violation-mode", body);
    print(answer, "violations in %s: %s".formatted(project, mode));
    return CommandLineInterface.DONE;
  }
}
