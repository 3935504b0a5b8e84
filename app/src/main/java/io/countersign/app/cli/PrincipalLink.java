package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code principal link}: which person a principal is. */
@Command(
    name = "link",
    description = {
      "Says which person a principal is, by anything a source calls that person. Where a policy wants"
          + " approvals of people who did not work on an item, only linked principals can give them:"
          + " all aliases of a person lead to the same one, and nobody approves his own commits"
          + " under another name.",
      "",
      "Works through a running server. Linking is recorded in the log; the alias is not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign principal link ann --person ann@example.org",
      "  countersign principal link ann --person \"Ann Example\" --organization fabrikam"
    })
final class PrincipalLink implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The principal.")
  private String name = "";

  @Option(
      names = "--person",
      required = true,
      paramLabel = "ALIAS",
      description = "Mail address or descriptor; with --organization also an id or name.")
  private String person = "";

  @Option(
      names = "--organization",
      paramLabel = "ORG",
      description = "Where the person was told of: name or id of the Azure DevOps organization.")
  private @Nullable String organization;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PrincipalLink() {}

  @Override
  public Integer call() {
    ObjectNode body = ApiClient.JSON.createObjectNode().put("alias", person);
    if (organization != null) {
      body.put("organization", organization);
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (var api = server.connect()) {
      JsonNode linked = api.post("/api/v1/principals/" + ApiClient.escaped(name) + "/person", body);
      out.println(
          json
              ? linked.toString()
              : "%s is %s".formatted(name, linked.path("person").asString("")));
    }
    return CommandLineInterface.DONE;
  }
}
