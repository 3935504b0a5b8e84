package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign hooks}: the subscriptions in Azure DevOps by which webhooks come here. */
@Command(
    name = "hooks",
    description = {
      "Shows how Azure DevOps' subscriptions to this installation stand, and makes them. Which are"
          + " ours is told by their address: countersign.reconciliation.hook-url."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HooksCommand.ListAll.class,
      HooksCommand.Create.class,
      HooksCommand.Recreate.class,
      HooksHistory.class
    })
final class HooksCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/hooks";

  @Spec private @Nullable CommandSpec spec;

  HooksCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "list, create, recreate or history?");
  }

  /** Which server, which project, and how to print. */
  abstract static class Part implements Callable<Integer> {

    @Mixin ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "PROJECT", description = "Name, id, or project:ORGANIZATION:ID.")
    String project = "";

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Spec @Nullable CommandSpec spec;

    abstract JsonNode ask(ApiClient api);

    JsonNode make(ApiClient api, boolean anew) {
      ObjectNode wanted = ApiClient.JSON.createObjectNode();
      return api.post(PATH, wanted.put("project", project).put("recreate", anew));
    }

    @Override
    public Integer call() {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      JsonNode all;
      try (var api = server.connect()) {
        all = ask(api);
      }
      boolean well = true;
      var table = new Table("EVENT TYPE", "STATUS", "TRIED AGAIN", "SUBSCRIPTION");
      for (JsonNode hook : all.path("items")) {
        String status = hook.path("status").asString("");
        well &= status.equals("enabled");
        table.add(
            hook.path("eventType").asString(""),
            status,
            hook.path("probationRetries").asString("0"),
            hook.path("id").asString("-")
                + (hook.path("wholeOrganization").asBoolean(false) ? " (all projects)" : ""));
      }
      if (json) {
        out.println(all.toPrettyString());
      } else {
        table.print(out);
      }
      return well ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
    }
  }

  /** {@code hooks list}. */
  @Command(
      name = "list",
      description = "How they stand; exits with 3 when one does not deliver.",
      footerHeading = "%nExample:%n",
      footer = "  countersign hooks list Fabrikam")
  static final class ListAll extends Part {

    ListAll() {}

    @Override
    JsonNode ask(ApiClient api) {
      return api.get(PATH + "?project=" + ApiClient.escaped(project));
    }
  }

  /** {@code hooks create}. */
  @Command(
      name = "create",
      description = "Makes those that are missing, with the webhook's own secret.",
      footerHeading = "%nExample:%n",
      footer = "  countersign hooks create Fabrikam")
  static final class Create extends Part {

    Create() {}

    @Override
    JsonNode ask(ApiClient api) {
      return make(api, false);
    }
  }

  /** {@code hooks recreate}. */
  @Command(
      name = "recreate",
      description = {
        "As create, and makes those anew that do not deliver:",
        "Azure DevOps does not revive one that it disabled."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign hooks recreate Fabrikam")
  static final class Recreate extends Part {

    Recreate() {}

    @Override
    JsonNode ask(ApiClient api) {
      return make(api, true);
    }
  }
}
