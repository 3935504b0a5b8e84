package io.countersign.app.cli;

import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that asks a server one thing, and can print the answer as JSON. */
abstract class ServerCommand extends AskingCommand {

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

  /** JSON when that was asked for, else a line. */
  void print(JsonNode answer, String line) {
    if (json) {
      print(answer);
    } else {
      out().println(line);
      out().flush();
    }
  }
}
