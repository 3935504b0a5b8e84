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

/** {@code countersign inbox}: what Azure DevOps delivered and what became of it. */
@Command(
    name = "inbox",
    description = "Lists and shows deliveries; has them handled again or takes them out.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InboxCommand.ListAll.class,
      InboxCommand.Show.class,
      InboxCommand.Retry.class,
      InboxCommand.Evict.class
    })
final class InboxCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/inbox/deliveries";

  @Spec private @Nullable CommandSpec spec;

  InboxCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "list, show, retry or evict?");
  }

  /** {@code inbox list}. */
  @Command(
      name = "list",
      description = "Lists deliveries, newest first. Never shows content.",
      footerHeading = "%nExample:%n",
      footer = "  countersign inbox list --status quarantined")
  static final class ListAll extends AskingCommand {

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description =
            "received, handled, ignored, quarantined, duplicate or evicted. Default: all.")
    private @Nullable String status;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many (1 to 500). Default: 50.")
    private int limit = 50;

    @Option(
        names = "--after",
        paramLabel = "POSITION",
        description = "The page after this position.")
    private @Nullable String after;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListAll() {}

    @Override
    public Integer call() {
      var query = new StringBuilder(PATH + "?limit=" + limit);
      if (status != null) {
        query.append("&status=").append(ApiClient.escaped(status));
      }
      if (after != null) {
        query.append("&after=").append(ApiClient.escaped(after));
      }
      try (var api = server.connect()) {
        JsonNode page = api.get(query.toString());
        if (json) {
          print(page);
          return CommandLineInterface.DONE;
        }
        var table = new Table("ID", "RECEIVED", "STATUS", "EVENT TYPE", "ATTEMPTS", "CODE");
        for (JsonNode delivery : page.path("items")) {
          table.add(
              delivery.path("id").asString(""),
              delivery.path("receivedAt").asString(""),
              delivery.path("status").asString(""),
              delivery.path("eventType").asString("-"),
              delivery.path("attempts").asString("0"),
              delivery.path("code").asString("-"));
        }
        table.print(out());
        if (page.hasNonNull("next")) {
          out().println("more: --after " + page.path("next").asString(""));
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code inbox show}. */
  @Command(
      name = "show",
      description = "Shows one delivery: its state, its attempts, what was done by hand.")
  static final class Show extends AskingCommand {

    @Parameters(paramLabel = "ID", description = "Delivery id.")
    private String id = "";

    @Option(
        names = "--body",
        description = "Also the content as received, decrypted. This is recorded.")
    private boolean body;

    Show() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        print(api.get(PATH + "/" + ApiClient.escaped(id) + (body ? "?body=true" : "")));
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code inbox retry}. */
  @Command(
      name = "retry",
      description = {
        "Puts a delivery back at its place, to be handled again;",
        "or all that were quarantined with one code."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign inbox retry --all --code attempts-exhausted --reason \"disk replaced\"")
  static final class Retry extends AskingCommand {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Delivery id.")
    private @Nullable String id;

    @Option(names = "--all", description = "All quarantined deliveries with the code.")
    private boolean all;

    @Option(names = "--code", paramLabel = "CODE", description = "With --all: the code.")
    private @Nullable String code;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded.")
    private @Nullable String reason;

    Retry() {}

    @Override
    public Integer call() {
      if (all ? id != null || code == null : id == null || code != null) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(), "either ID, or --all with --code CODE");
      }
      try (var api = server.connect()) {
        if (all) {
          out().println("%d put back".formatted(retryAll(api)));
        } else {
          String path = PATH + "/" + ApiClient.escaped(Objects.requireNonNull(id)) + "/retry";
          JsonNode after = api.post(path, because(reason));
          out().println("%s: %s".formatted(id, after.path("delivery").path("status").asString("")));
        }
      }
      return CommandLineInterface.DONE;
    }

    private long retryAll(ApiClient api) {
      long retried = 0;
      ObjectNode wanted = because(reason).put("code", code);
      JsonNode page;
      do {
        page = api.post("/api/v1/inbox/quarantine/retry", wanted);
        retried += page.path("retried").asLong(0);
        wanted.put("after", page.path("next").asString(""));
      } while (page.hasNonNull("next"));
      return retried;
    }
  }

  /** {@code inbox evict}. */
  @Command(
      name = "evict",
      description = "Takes a waiting or quarantined delivery out: it will not be handled.",
      footerHeading = "%nExample:%n",
      footer = "  countersign inbox evict ID --reason \"sent by a test installation\"")
  static final class Evict extends AskingCommand {

    @Parameters(paramLabel = "ID", description = "Delivery id.")
    private String id = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; recorded.")
    private String reason = "";

    Evict() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode after = api.post(PATH + "/" + ApiClient.escaped(id) + "/evict", because(reason));
        out().println("%s: %s".formatted(id, after.path("delivery").path("status").asString("")));
      }
      return CommandLineInterface.DONE;
    }
  }
}
