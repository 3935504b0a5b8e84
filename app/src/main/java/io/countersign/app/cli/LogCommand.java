package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign log}: the chained log of everything that happened. */
@Command(
    name = "log",
    description = "Shows and verifies the event log.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LogCommand.Head.class,
      LogCommand.Show.class,
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

  /** Which server, and where to print. */
  abstract static class Part implements Callable<Integer> {

    @Mixin ServerOptions server = new ServerOptions();
    @Spec @Nullable CommandSpec spec;

    void print(JsonNode json) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
      out.flush();
    }
  }

  /** {@code log head}. */
  @Command(name = "head", description = "Prints the last entry's index and hash as JSON.")
  static final class Head extends Part {

    Head() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        print(api.get("/api/v1/log/head"));
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code log show}. */
  @Command(
      name = "show",
      description = "Prints one entry as JSON.",
      footerHeading = "%nExample:%n",
      footer = "  countersign log show 0")
  static final class Show extends Part {

    @Parameters(paramLabel = "INDEX", description = "Index of the entry, from 0.")
    private long index;

    Show() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        print(api.get("/api/v1/log/entries/" + index));
      }
      return CommandLineInterface.DONE;
    }
  }
}
