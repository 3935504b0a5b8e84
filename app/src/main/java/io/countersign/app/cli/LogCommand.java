package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign log}: the chained log of everything that happened. */
@Command(
    name = "log",
    description = "Shows and verifies the event log.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LogCommand.Head.class,
      LogShow.class,
      LogScan.class,
      LogStreams.class,
      LogVerify.class
    })
final class LogCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  LogCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "head, show, scan, streams or verify?");
  }

  /** {@code log head}. */
  @Command(
      name = "head",
      description = {
        "Shows the end of the log: how many entries there are, and the last one's index and hash.",
        "",
        "Note it elsewhere: with it, countersign log verify --expect-head finds out whether entries were"
            + " cut off or the log was rewritten."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  countersign log head", "  countersign log head --json"})
  static final class Head extends ServerCommand {

    Head() {}

    @Override
    int ask(ApiClient api) {
      JsonNode head = api.get("/api/v1/log/head");
      if (json) {
        print(head);
        return CommandLineInterface.DONE;
      }
      EntryLines.line(out(), "entries", "%,d".formatted(head.path("size").asLong()));
      if (head.hasNonNull("lastIndex")) {
        EntryLines.line(
            out(),
            "head",
            head.path("lastIndex").asString("") + ":" + head.path("entryHash").asString(""));
        EntryLines.line(out(), "recorded", head.path("recordedAt").asString(""));
      }
      out().flush();
      return CommandLineInterface.DONE;
    }
  }
}
