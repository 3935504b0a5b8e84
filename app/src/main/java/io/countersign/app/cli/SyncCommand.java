package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign sync}: what is to be written to Azure DevOps, and what stands against it. */
@Command(
    name = "sync",
    description = "What is to be written to Azure DevOps: what waits and why, and conflicts.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SyncCommand.ListPending.class,
      SyncCommand.Retry.class,
      SyncCommand.Drop.class,
      SyncCommand.Resolve.class,
      SyncHistory.class,
      SyncConflicts.class,
      SyncStates.class
    })
final class SyncCommand implements Callable<Integer> {

  private static final String PENDING = "/api/v1/sync/pending";

  @Spec private @Nullable CommandSpec spec;

  SyncCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "pending, retry, drop, resolve, history, conflicts or states?");
  }

  /** {@code sync pending}. */
  @Command(
      name = "pending",
      description = {
        "Lists what is decided here and not written yet, the oldest first, and conflicts that",
        "wait for a decision. The reason not-configured says that there is no connection to the",
        "organization: such a transition holds once Azure DevOps reports it."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign sync pending --json")
  static final class ListPending extends AskingCommand {

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many (1 to 500). Default: 100.")
    private int limit = 100;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListPending() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode page = api.get(PENDING + "?limit=" + limit);
        if (json) {
          print(page);
          return CommandLineInterface.DONE;
        }
        var table = new Table("ID", "KIND", "WORK ITEM", "TO", "STATUS", "REASON", "SINCE");
        for (JsonNode one : page.path("items")) {
          table.add(
              one.path("conflict").asString(one.path("id").asString("")),
              one.path("kind").asString(""),
              one.path("workItem").asString(""),
              one.path("to").asString("")
                  + (one.hasNonNull("theirs")
                      ? " (theirs: " + one.path("theirs").asString("") + ")"
                      : ""),
              one.path("status").asString(""),
              one.path("reason").asString("-"),
              one.path("since").asString(""));
        }
        if (page.path("items").isEmpty()) {
          out().println("nothing waits to be written");
        } else {
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code sync retry}. */
  @Command(name = "retry", description = "Tries a write now, whether it waits or has failed.")
  static final class Retry extends AskingCommand {

    @Parameters(paramLabel = "ID", description = "As sync pending shows it.")
    private String id = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; recorded.")
    private String reason = "";

    Retry() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        api.post(PENDING + "/" + ApiClient.escaped(id) + "/retry", because(reason));
        out().println(id + ": tried now");
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code sync drop}. */
  @Command(
      name = "drop",
      description = {
        "Gives up a write: Azure DevOps keeps the state it has.",
        "Recorded in the log, with you as who decided it."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign sync drop ID --reason \"the story was closed by hand\"")
  static final class Drop extends AskingCommand {

    @Parameters(paramLabel = "ID", description = "As sync pending shows it.")
    private String id = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; recorded.")
    private String reason = "";

    Drop() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        api.post(PENDING + "/" + ApiClient.escaped(id) + "/drop", because(reason));
        out().println(id + ": given up");
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code sync resolve}. */
  @Command(
      name = "resolve",
      description = {
        "Decides a conflict. With ours, what was asked for is asked for again, by you, from the",
        "state Azure DevOps has now; with theirs it is given up."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign sync resolve workitem:fabrikam:4711 ID --keep theirs --reason \"they are right\"")
  static final class Resolve extends AskingCommand {

    @Parameters(index = "0", paramLabel = "WORK_ITEM", description = "Id of the work item.")
    private String workItem = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The conflict, see sync pending.")
    private String conflict = "";

    @Option(names = "--keep", paramLabel = "SIDE", required = true, description = "ours or theirs.")
    private String keep = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; recorded.")
    private String reason = "";

    Resolve() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        api.post(
            "/api/v1/work-items/%s/conflicts/%s"
                .formatted(ApiClient.escaped(workItem), ApiClient.escaped(conflict)),
            because(reason).put("keep", keep));
        out().println("%s: %s".formatted(conflict, keep));
      }
      return CommandLineInterface.DONE;
    }
  }
}
