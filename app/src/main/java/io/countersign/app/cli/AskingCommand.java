package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that asks a server: which one, as whom, and where to print. */
abstract class AskingCommand implements Callable<Integer> {

  @Mixin ServerOptions server = new ServerOptions();
  @Spec @Nullable CommandSpec spec;

  AskingCommand() {}

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  void print(JsonNode json) {
    out().println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    out().flush();
  }

  /** The body of a request that says why. */
  static ObjectNode because(@Nullable String reason) {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    return reason == null ? body : body.put("reason", reason);
  }
}
