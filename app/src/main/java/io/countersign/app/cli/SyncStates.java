package io.countersign.app.cli;

import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign sync states}. */
@Command(
    name = "states",
    description = {
      "Shows which states a project's types of work items have in Azure DevOps, what each means",
      "here, and what a state nobody mapped most likely means."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  countersign sync states project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f --apply")
final class SyncStates extends AskingCommand {

  @Parameters(paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
  private String project = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "Only this type of work items.")
  private String type = "";

  @Option(
      names = "--apply",
      description = "Map what nobody mapped to what it most likely means, after asking.")
  private boolean apply;

  @Option(names = "--yes", description = "With --apply: do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncStates() {}

  @Override
  public Integer call() {
    try (var api = server.connect()) {
      project = ProjectArgument.id(api, project);
      JsonNode found =
          api.get(
              "/api/v1/sync/states?project="
                  + ApiClient.escaped(project)
                  + (type.isEmpty() ? "" : "&type=" + ApiClient.escaped(type)));
      if (json) {
        print(found);
      } else {
        table(found);
      }
      if (apply) {
        List<JsonNode> unmapped = new ArrayList<>();
        found
            .path("items")
            .forEach(
                one -> {
                  if (!one.hasNonNull("means") && one.hasNonNull("suggested")) {
                    unmapped.add(one);
                  }
                });
        map(api, unmapped);
      }
    }
    return CommandLineInterface.DONE;
  }

  private void table(JsonNode found) {
    var table = new Table("TYPE", "STATE", "CATEGORY", "MEANS", "BY", "SUGGESTED", "WRITTEN FOR");
    for (JsonNode one : found.path("items")) {
      table.add(
          one.path("workItemType").asString(""),
          one.path("sourceState").asString(""),
          one.path("category").asString("-"),
          one.path("means").asString("-"),
          one.path("by").asString("-"),
          one.path("suggested").asString("-"),
          one.path("writtenFor").asString("-"));
    }
    table.print(out());
  }

  private void map(ApiClient api, List<JsonNode> unmapped) {
    if (unmapped.isEmpty()) {
      out().println("nothing is unmapped");
      return;
    }
    if (!yes && !agreed(unmapped.size())) {
      out().println("nothing was mapped");
      return;
    }
    for (JsonNode one : unmapped) {
      api.put(
          "/api/v1/projects/" + ApiClient.escaped(project) + "/states",
          ApiClient.JSON
              .createObjectNode()
              .put("workItemType", one.path("workItemType").asString(""))
              .put("sourceState", one.path("sourceState").asString(""))
              .put("state", one.path("suggested").asString("")));
    }
    out().println("%d states mapped".formatted(unmapped.size()));
  }

  private boolean agreed(int states) {
    Console console = System.console();
    if (console == null) {
      throw new CommandFailed("nobody is there to ask: --yes maps without asking");
    }
    String answer = console.readLine("Map %d states as suggested? [y/N] ", states);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
