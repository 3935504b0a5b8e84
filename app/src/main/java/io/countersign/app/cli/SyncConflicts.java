package io.countersign.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign sync conflicts}: who wins when both sides moved a work item. */
@Command(
    name = "conflicts",
    description = {
      "Says what holds when both sides moved a work item of a project. theirs, the default: what Azure"
          + " DevOps has stays. ours: what was asked for here is asked for again, and judged again."
          + " ask: nothing more may be asked of the item until somebody decides (sync resolve), and a"
          + " human is called."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  countersign sync conflicts project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f ask")
final class SyncConflicts extends ServerCommand {

  @Parameters(index = "0", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
  private String project = "";

  @Parameters(index = "1", paramLabel = "WHO", description = "theirs, ours or ask.")
  private String keep = "";

  SyncConflicts() {}

  @Override
  int ask(ApiClient api) {
    JsonNode answer =
        api.put(
            "/api/v1/projects/%s/conflict-policy".formatted(ProjectArgument.path(api, project)),
            ApiClient.JSON.createObjectNode().put("keep", keep));
    print(answer, "conflicts in %s: %s".formatted(project, keep));
    return CommandLineInterface.DONE;
  }
}
