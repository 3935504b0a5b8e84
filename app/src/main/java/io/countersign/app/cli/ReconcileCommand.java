package io.countersign.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
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

/** {@code countersign reconcile}: compares Azure DevOps with the log now. */
@Command(
    name = "reconcile",
    description = {
      "Compares what a project has in Azure DevOps with what is in the log, has what no webhook told"
          + " fetched and recorded, and waits for the result. The result is an entry of the log.",
      "",
      "It goes on from where the last comparison ended; with --full it begins at the first change."
    },
    subcommands = ReconcileHistory.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:compared; what was missing is in the log now",
      "1:failed, nothing is claimed; one line on standard error says why",
      "2:the command line is not valid",
      "3:compared, and the two still differ"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign reconcile Fabrikam",
      "  countersign reconcile Fabrikam --full --json",
      "  countersign reconcile --list",
      "  countersign reconcile history --differs"
    })
final class ReconcileCommand implements Callable<Integer> {

  static final String PATH = "/api/v1/reconciliations";

  private static final Duration LOOK = Duration.ofMillis(500);

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "Name, id, or project:ORGANIZATION:ID.")
  private @Nullable String project;

  @Option(names = "--full", description = "From the first change on. May take long.")
  private boolean full;

  @Option(names = "--list", description = "How comparing stands for each project; compare nothing.")
  private boolean list;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  ReconcileCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (list == (project != null) || list && full) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "either PROJECT or --list");
    }
    try (var api = server.connect()) {
      return list ? list(api) : compare(api);
    }
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private int list(ApiClient api) {
    JsonNode all = api.get(PATH);
    if (json) {
      out().println(all.toPrettyString());
      return CommandLineInterface.DONE;
    }
    var table =
        new Table("PROJECT", "NAME", "COMPARED UP TO", "LAST RUN", "MISSING", "FILLED", "HOOKS");
    for (JsonNode one : all.path("items")) {
      table.add(
          one.path("project").asString(""),
          one.path("name").asString(""),
          one.path("reached").asString("-"),
          one.path("running").asBoolean(false) ? "running" : one.path("outcome").asString("-"),
          one.path("missing").asString("0"),
          one.path("filled").asString("0"),
          one.path("hooks").asString("-"));
    }
    if (all.path("items").isEmpty()) {
      out().println("no project was compared yet: countersign reconcile PROJECT");
      return CommandLineInterface.DONE;
    }
    table.print(out());
    for (JsonNode one : all.path("items")) {
      if (one.hasNonNull("reason")) {
        out()
            .println(one.path("name").asString("") + " failed: " + one.path("reason").asString(""));
      }
    }
    return CommandLineInterface.DONE;
  }

  private int compare(ApiClient api) throws InterruptedException {
    ObjectNode wanted = ApiClient.JSON.createObjectNode();
    JsonNode now = api.post(PATH, wanted.put("project", project).put("full", full));
    String id = now.path("project").asString("");
    String run = now.path("run").asString("");
    while (now.path("running").asBoolean(false) && now.path("run").asString("").equals(run)) {
      Thread.sleep(LOOK);
      now = api.get(PATH + "/" + ApiClient.escaped(id));
    }
    if (!now.path("run").asString("").equals(run)) {
      throw new CommandFailed("another run came after this one: see --list");
    }
    if (!now.path("outcome").asString("").equals("compared")) {
      throw new CommandFailed(
          "%s was not compared: %s"
              .formatted(
                  now.path("name").asString(""),
                  now.path("reason").asString("it stopped without a result")));
    }
    if (json) {
      out().println(now.toPrettyString());
    } else {
      out()
          .println(
              "%s compared up to %s: %d missing, %d of them filled"
                  .formatted(
                      now.path("name").asString(""),
                      now.path("reached").asString(""),
                      now.path("missing").asLong(0),
                      now.path("filled").asLong(0)));
    }
    return now.path("missing").asLong(0) > now.path("filled").asLong(0)
        ? CommandLineInterface.FINDING
        : CommandLineInterface.DONE;
  }
}
