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

/** {@code countersign intents}: what automations mean to do. */
@Command(
    name = "intents",
    description = {
      "Lists what automations mean to do, and decides about what they could not.",
      "",
      "An intent that failed was tried as often as the settings say. While it has, what waits"
          + " behind it in its lane waits too."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IntentsCommand.ListAll.class,
      IntentsCommand.Retry.class,
      IntentsCommand.Drop.class
    })
final class IntentsCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/intents";

  @Spec private @Nullable CommandSpec spec;

  IntentsCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "list, retry or drop?");
  }

  /** {@code intents list}. */
  @Command(name = "list", description = "Lists intents.")
  static final class ListAll extends PrivacyCommand.Part {

    @Option(
        names = "--status",
        paramLabel = "WORD",
        description = "waiting, done, failed or canceled; all when absent.")
    private @Nullable String status;

    ListAll() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode page =
            api.get(PATH + (status == null ? "" : "?status=" + ApiClient.escaped(status)));
        if (json) {
          print(page);
        } else if (page.path("items").isEmpty()) {
          out().println("no intent");
        } else {
          var table = new Table("INTENT", "KIND", "STATUS", "DUE", "ATTEMPTS", "CODE");
          for (JsonNode item : page.path("items")) {
            table.add(
                item.path("id").asString(""),
                item.path("kind").asString(""),
                item.path("status").asString(""),
                item.path("dueAt").asString(""),
                item.path("attempts").asString(""),
                item.path("code").asString(""));
          }
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** A decision about one. */
  abstract static class Decision extends PrivacyCommand.Part {

    @Parameters(paramLabel = "INTENT", description = "Its id.")
    private String id = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded.")
    private String reason = "";

    int decide(String what) {
      try (var api = server.connect()) {
        JsonNode now =
            api.post(
                PATH + "/" + ApiClient.escaped(id) + "/" + what,
                ApiClient.JSON.createObjectNode().put("reason", reason));
        if (json) {
          print(now);
        } else {
          out().println(now.path("status").asString(""));
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code intents retry}. */
  @Command(name = "retry", description = "Tries a failed intent again, with all its attempts.")
  static final class Retry extends Decision {

    Retry() {}

    @Override
    public Integer call() {
      return decide("retry");
    }
  }

  /** {@code intents drop}. */
  @Command(name = "drop", description = "Gives up an intent that waits or has failed.")
  static final class Drop extends Decision {

    Drop() {}

    @Override
    public Integer call() {
      return decide("drop");
    }
  }
}
