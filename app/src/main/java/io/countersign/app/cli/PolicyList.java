package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign policy list}: what comes along, or holds for a project. */
@Command(
    name = "list",
    description = {
      "Without PROJECT, lists the policies that come with the program and can be attached without"
          + " publishing. With PROJECT, lists what is attached to it and since when, and its mode."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign policy list",
      "  countersign policy list project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f"
    })
final class PolicyList extends ServerCommand {

  @Parameters(arity = "0..1", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
  private @Nullable String project;

  PolicyList() {}

  @Override
  int ask(ApiClient api) {
    JsonNode answer =
        api.get(
            project == null
                ? "/api/v1/policies/built-in"
                : "/api/v1/projects/" + ProjectArgument.path(api, project) + "/policies");
    if (json) {
      print(answer);
    } else if (project == null) {
      var table = new Table("POLICY", "SHA-256");
      for (JsonNode policy : answer.path("items")) {
        table.add(
            policy.path("id").asString("") + "@" + policy.path("version").asString(""),
            policy.path("sha256").asString(""));
      }
      table.print(out());
    } else {
      attached(answer);
    }
    return CommandLineInterface.DONE;
  }

  private void attached(JsonNode answer) {
    out().println("mode: " + answer.path("mode").asString(""));
    out().println("conflicts: " + answer.path("conflicts").asString(""));
    if (answer.path("items").isEmpty()) {
      out().println("no policy is attached: the transitions of the process hold");
      return;
    }
    var table = new Table("POLICY", "ENVIRONMENT", "FROM", "SHA-256");
    for (JsonNode policy : answer.path("items")) {
      table.add(
          policy.path("policy").asString(""),
          policy.path("environment").asString("all"),
          policy.path("from").asString(""),
          policy.path("sha256").asString(""));
    }
    table.print(out());
  }
}
