package io.countersign.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code work-item transition}: asks for a transition. */
@Command(
    name = "transition",
    description = {
      "Asks for a transition. It holds once Azure DevOps reports it. When something is missing it is"
          + " refused, all of it is named, and the refusal is recorded."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign work-item transition workitem:fabrikam:4711 Ready")
final class WorkItemTransition extends WorkItemCommand.Part {

  @Parameters(index = "1", paramLabel = "STATE", description = "Canonical state, as InProgress.")
  private String to = "";

  WorkItemTransition() {}

  @Override
  int ask(ApiClient api) {
    return decide(api, "/transitions", body().put("to", to), "requested " + to);
  }
}
