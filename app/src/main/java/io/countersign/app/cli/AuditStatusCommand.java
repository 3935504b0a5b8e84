package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign audit status}. */
@Command(
    name = "status",
    description =
        "Shows what is sealed, by which keys, and, while the log is halted, why and what can be"
            + " done. Ends with 3 while it is halted.",
    footerHeading = "%nExample:%n",
    footer = "  countersign audit status --data data")
final class AuditStatusCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditStatusCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    JsonNode status;
    try (var api = server.connect()) {
      status = api.get("/api/v1/audit/status");
    }
    if (json) {
      out.println(status.toPrettyString());
    } else {
      print(out, status);
    }
    out.flush();
    return status.hasNonNull("halted") ? CommandLineInterface.FINDING : CommandLineInterface.DONE;
  }

  private static void print(PrintWriter out, JsonNode status) {
    JsonNode halted = status.path("halted");
    if (!halted.isMissingNode()) {
      out.println(
          "HALTED    %s since %s, found by %s"
              .formatted(text(halted, "reason"), text(halted, "since"), text(halted, "node")));
      out.println("          " + text(halted, "words"));
    }
    out.println("node      " + text(status, "state"));
    out.println("origin    " + text(status, "origin"));
    out.println("folder    " + text(status, "folder"));
    out.println("sealed    " + text(status, "sealedEntries"));
    out.println("unsealed  " + text(status, "unsealedEntries"));
    out.println("age       " + text(status, "checkpointAgeSeconds") + " s since the checkpoint");
    for (JsonNode key : status.path("keys")) {
      out.println(
          "key       %s, sizes %s to %s"
              .formatted(
                  text(key, "vkey"),
                  text(key, "firstSize"),
                  key.hasNonNull("lastSize") ? text(key, "lastSize") : "now"));
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("-");
  }
}
