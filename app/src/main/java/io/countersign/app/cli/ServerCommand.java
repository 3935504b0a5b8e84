package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that asks a server: which one, as whom, and where to print. */
abstract class ServerCommand implements Callable<Integer> {

  @Mixin ServerOptions server = new ServerOptions();
  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  ServerCommand() {}

  /** Asks. */
  abstract int ask(ApiClient api);

  @Override
  public Integer call() {
    try (var api = server.connect()) {
      return ask(api);
    }
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** JSON when that was asked for, else a line. */
  void print(JsonNode answer, String line) {
    if (json) {
      print(answer);
    } else {
      out().println(line);
      out().flush();
    }
  }

  void print(JsonNode answer) {
    out().println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    out().flush();
  }
}
