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

/** {@code privacy hold}: what must not be erased. */
@Command(
    name = "hold",
    description = {
      "Places, lifts and lists legal holds. While one stands, no erasure of the person begins,"
          + " however often approved; when the last one is lifted, approved erasures begin."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PrivacyHold.Place.class, PrivacyHold.Lift.class, PrivacyHold.ListAll.class})
final class PrivacyHold implements Callable<Integer> {

  private static final String PATH = "/api/v1/privacy/holds";

  @Spec private @Nullable CommandSpec spec;

  PrivacyHold() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "place, lift or list?");
  }

  private static ObjectNode because(String reason) {
    return ApiClient.JSON.createObjectNode().put("reason", reason);
  }

  /** {@code privacy hold place}. */
  @Command(name = "place", description = "Places a legal hold and prints its id.")
  static final class Place extends PrivacyCommand.Part {

    @Parameters(paramLabel = "SUBJECT", description = "Id of the person: `privacy subjects`.")
    private String subject = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded, sealed. A file number, not the person's name.")
    private String reason = "";

    Place() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode hold = api.post(PATH, because(reason).put("subject", subject));
        if (json) {
          print(hold);
        } else {
          out().println(hold.path("hold").asString(""));
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code privacy hold lift}. */
  @Command(
      name = "lift",
      description = "Lifts a legal hold. An approved erasure of the person begins at once.")
  static final class Lift extends PrivacyCommand.Part {

    @Parameters(paramLabel = "HOLD", description = "Id of the hold.")
    private String hold = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded, sealed. Without the person's name.")
    private String reason = "";

    Lift() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode lifted = api.post(PATH + "/" + ApiClient.escaped(hold) + "/lift", because(reason));
        if (json) {
          print(lifted);
        } else {
          out().println("lifted " + hold);
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code privacy hold list}. */
  @Command(name = "list", description = "Lists legal holds that stand, oldest first.")
  static final class ListAll extends PrivacyCommand.Part {

    ListAll() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode page = api.get(PATH);
        if (json) {
          print(page);
        } else if (page.path("items").isEmpty()) {
          out().println("no legal hold stands");
        } else {
          var table = new Table("HOLD", "SUBJECT", "PLACED BY", "REASON");
          for (JsonNode hold : page.path("items")) {
            table.add(
                hold.path("hold").asString(""),
                hold.path("subject").asString(""),
                hold.path("placedBy").asString(""),
                hold.path("reason").asString(""));
          }
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }
  }
}
