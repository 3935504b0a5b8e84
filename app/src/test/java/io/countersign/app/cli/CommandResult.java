package io.countersign.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a command did: its exit code and what it printed. */
record CommandResult(int code, String out, String err) {

  /** Runs a command. */
  static CommandResult of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new CommandResult(code, out.toString(), err.toString());
  }

  static CommandResult of(List<String> arguments) {
    return of(arguments.toArray(String[]::new));
  }

  /** What it printed, as JSON. */
  JsonNode json() {
    return ApiClient.JSON.readTree(out);
  }
}
