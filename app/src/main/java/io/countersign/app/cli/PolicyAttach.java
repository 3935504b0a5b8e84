package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign policy attach}: from when on a policy holds for a project. */
@Command(
    name = "attach",
    description = {
      "Attaches a policy to a project: from a moment on, transitions of its work items are judged by"
          + " it. What happened before stays judged by what held then. With --environment it holds"
          + " for the transitions that reach staging or production only."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign policy attach project:fabrikam:be9b3917-87e6-42a4-a549-2bc06a7a878f cmmi@2026.11.0",
      "  countersign policy attach PROJECT payments@4 --environment production --from 2026-12-01T00:00:00Z"
    })
final class PolicyAttach extends ServerCommand {

  @Parameters(index = "0", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
  private String project = "";

  @Parameters(
      index = "1",
      paramLabel = "POLICY@VERSION",
      description = "A published policy, or one that comes along: `policy list` names them.")
  private String policy = "";

  @Option(
      names = "--environment",
      paramLabel = "ENV",
      description = "staging or production. Default: for all without a policy of their own.")
  private @Nullable String environment;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "When it begins to hold, as 2026-12-01T00:00:00Z. Default: now.")
  private @Nullable String from;

  PolicyAttach() {}

  @Override
  int ask(ApiClient api) {
    ObjectNode body = ApiClient.JSON.createObjectNode().put("policy", policy);
    if (environment != null) {
      body.put("environment", environment);
    }
    if (from != null) {
      body.put("from", from);
    }
    JsonNode answer =
        api.post("/api/v1/projects/" + ProjectArgument.path(api, project) + "/policies", body);
    print(answer, "%s holds for %s".formatted(policy, project));
    return CommandLineInterface.DONE;
  }
}
