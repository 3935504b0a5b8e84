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

/** {@code countersign projections}: how read models are, and what is done to them. */
@Command(
    name = "projections",
    description = {
      "Shows how far projections are, proves that their rows are what the log says, and rebuilds them"
          + " while people go on reading.",
      "",
      "A projection turns the log's events into the rows that queries read. What is done to one is an"
          + " operation: a node does it in the background, and its request and result are entries"
          + " of the log."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProjectionsStatus.class,
      ProjectionsVerify.class,
      ProjectionsRebuild.class,
      ProjectionsSwitch.class,
      ProjectionsSwitch.Rollback.class,
      ProjectionsSwitch.Drop.class,
      ProjectionsPause.class,
      ProjectionsPause.Resume.class,
      ProjectionsSegments.class,
      ProjectionsCommand.Operations.class,
      ProjectionsCommand.Cancel.class
    })
final class ProjectionsCommand implements Callable<Integer> {

  static final String OPERATIONS = "/api/v1/projection-operations";

  @Spec private @Nullable CommandSpec spec;

  ProjectionsCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "status, verify, rebuild, switch, rollback, drop, pause, resume, segments, operations or cancel?");
  }

  /** {@code projections operations}. */
  @Command(
      name = "operations",
      description = "Lists what was and is done to projections, newest first.",
      footerHeading = "%nExample:%n",
      footer = "  countersign projections operations work-items --limit 5")
  static final class Operations extends ProjectionsAsking {

    @Parameters(
        arity = "0..1",
        paramLabel = "PROJECTION",
        description = "Only of this one, for example work-items.")
    private @Nullable String projection;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 200.")
    private int limit = 20;

    Operations() {}

    @Override
    int ask(ApiClient api) {
      String only = projection == null ? "" : "&projection=" + ApiClient.escaped(projection);
      JsonNode all = api.get(OPERATIONS + "?limit=" + limit + only);
      if (json) {
        print(all);
      } else if (all.path("items").isEmpty()) {
        out().println("no operation");
      } else {
        var table =
            new Table("OPERATION", "KIND", "PROJECTION", "STATE", "RESULT", "ASKED BY", "AT");
        for (JsonNode one : all.path("items")) {
          table.add(
              one.path("id").asString(""),
              one.path("kind").asString(""),
              one.path("projection").asString(""),
              one.path("state").asString(""),
              one.path("outcome").asString(one.path("error").asString("-")),
              one.path("requestedBy").asString(""),
              one.path("requestedAt").asString(""));
        }
        table.print(out());
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code projections cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ends an operation that waits or runs. What has ended stays as it is.",
        "",
        "A node that is at it stops as soon as it can; until then the operation is running."
      })
  static final class Cancel extends ProjectionsAsking {

    @Parameters(paramLabel = "OPERATION", description = "Its id.")
    private String id = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded in the log.")
    private String reason = "";

    Cancel() {}

    @Override
    int ask(ApiClient api) {
      JsonNode now =
          api.post(
              OPERATIONS + "/" + ApiClient.escaped(id) + "/cancel",
              ApiClient.JSON.createObjectNode().put("reason", reason));
      print(now, now.path("state").asString(""));
      return CommandLineInterface.DONE;
    }
  }
}
