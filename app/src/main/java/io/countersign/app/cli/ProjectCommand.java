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
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign project}: which are known, and how their states are read. */
@Command(
    name = "project",
    description = {
      "Lists the projects that Azure DevOps told of, chooses their process, and says what their states"
          + " mean. A project is known from its first webhook on.",
      "",
      "Its policy, and what follows a violation: countersign policy. Who wins a conflict: countersign"
          + " sync conflicts."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProjectCommand.ListAll.class,
      ProjectCommand.ChooseProcess.class,
      ProjectCommand.MapState.class
    })
final class ProjectCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/projects";

  @Spec private @Nullable CommandSpec spec;

  ProjectCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "list, process or map?");
  }

  /** {@code project list}. */
  @Command(name = "list", description = "Lists projects with their ids and processes.")
  static final class ListAll extends ServerCommand {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 200.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "'next' of the page before.")
    private @Nullable String after;

    ListAll() {}

    @Override
    int ask(ApiClient api) {
      String from = after == null ? "" : "&after=" + ApiClient.escaped(after);
      JsonNode page = api.get(PATH + "?limit=" + limit + from);
      if (json) {
        print(page);
      } else if (page.path("items").isEmpty()) {
        out().println("no project: one is known from its first webhook on");
      } else {
        table(page);
      }
      return CommandLineInterface.DONE;
    }

    private void table(JsonNode page) {
      var table = new Table("NAME", "PROCESS", "PROJECT");
      for (JsonNode one : page.path("items")) {
        boolean chosen = one.path("processChosen").asBoolean(false);
        table.add(
            one.path("name").asString("-"),
            one.path("process").asString("-") + (chosen ? "" : " (guessed)"),
            one.path("id").asString(""));
      }
      table.print(out());
      if (page.hasNonNull("next")) {
        out().println("more with --after " + page.path("next").asString(""));
      }
    }
  }

  /** {@code project process}. */
  @Command(
      name = "process",
      description =
          "Chooses the process a project follows, for what is reported from now on. Until then it is"
              + " guessed from types and states.",
      footerHeading = "%nExample:%n",
      footer = "  countersign project process Fabrikam cmmi")
  static final class ChooseProcess extends ServerCommand {

    @Parameters(index = "0", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
    private String project = "";

    @Parameters(
        index = "1",
        paramLabel = "PROCESS",
        description = "basic, agile, scrum or cmmi; an inherited one is what it was made from.")
    private String process = "";

    ChooseProcess() {}

    @Override
    int ask(ApiClient api) {
      String path = PATH + "/" + ProjectArgument.path(api, project) + "/process";
      JsonNode answer = api.put(path, ApiClient.JSON.createObjectNode().put("process", process));
      print(answer, "%s follows %s".formatted(project, process));
      return CommandLineInterface.DONE;
    }
  }

  /** {@code project map}. */
  @Command(
      name = "map",
      description =
          "Says what a state of Azure DevOps means for one type of work item, for what is reported"
              + " from now on. countersign sync states shows all, with suggestions.",
      footerHeading = "%nExample:%n",
      footer = "  countersign project map Fabrikam Bug Triaged Ready")
  static final class MapState extends ServerCommand {

    @Parameters(index = "0", paramLabel = "PROJECT", description = ProjectArgument.DESCRIPTION)
    private String project = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "Type of work item, as Bug.")
    private String type = "";

    @Parameters(index = "2", paramLabel = "THEIRS", description = "The state there.")
    private String sourceState = "";

    @Parameters(index = "3", paramLabel = "OURS", description = "Canonical state, as InProgress.")
    private String state = "";

    MapState() {}

    @Override
    int ask(ApiClient api) {
      ObjectNode mapping =
          ApiClient.JSON
              .createObjectNode()
              .put("workItemType", type)
              .put("sourceState", sourceState)
              .put("state", state);
      String path = PATH + "/" + ProjectArgument.path(api, project) + "/states";
      print(api.put(path, mapping), "%s of a %s means %s".formatted(sourceState, type, state));
      return CommandLineInterface.DONE;
    }
  }
}
