package io.countersign.app.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code work-item next}: what may follow, and what is missing. */
@Command(
    name = "next",
    description =
        "Shows every transition from the state it is in: allowed for you now, or what is missing.",
    footerHeading = "%nExample:%n",
    footer = "  countersign work-item next workitem:fabrikam:4711")
final class WorkItemNext extends WorkItemCommand.Part {

  WorkItemNext() {}

  @Override
  int ask(ApiClient api) {
    JsonNode next = api.get(path("/next"));
    if (json) {
      print(next);
      return CommandLineInterface.DONE;
    }
    out()
        .println(
            "%s, revision %d"
                .formatted(next.path("state").asString(""), next.path("revision").asInt(0)));
    for (JsonNode step : next.path("transitions")) {
      out()
          .println(
              "%s: %s"
                  .formatted(
                      step.path("to").asString(""),
                      step.path("allowed").asBoolean(false) ? "allowed" : "blocked"));
      step.path("missing").forEach(one -> out().println("  " + one.path("words").asString("")));
    }
    out().flush();
    return CommandLineInterface.DONE;
  }
}
