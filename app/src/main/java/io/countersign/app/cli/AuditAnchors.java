package io.countersign.app.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign audit anchors}. */
@Command(
    name = "anchors",
    description = {
      "Lists the anchors of a server: what they are, the size of the checkpoint each vouched for last,"
          + " how long ago, and whether it fails. Ask the node that seals: only there they run.",
      "",
      "The exit code is 3 when an anchor fails, or a witness did not cosign."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign audit anchors --data ./data")
final class AuditAnchors implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  AuditAnchors() {}

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (var api = server.connect()) {
      JsonNode anchors = api.get("/api/v1/log/anchors");
      if (json) {
        out.println(anchors.toPrettyString());
      } else {
        print(out, anchors.path("items"));
      }
      out.flush();
      for (JsonNode anchor : anchors.path("items")) {
        if (anchor.hasNonNull("failingSince") || !anchor.path("lacking").isEmpty()) {
          return CommandLineInterface.FINDING;
        }
      }
    }
    return CommandLineInterface.DONE;
  }

  private static void print(PrintWriter out, JsonNode anchors) {
    if (anchors.isEmpty()) {
      out.println("no anchors are configured (countersign.audit.anchors)");
      return;
    }
    Instant now = Clock.systemUTC().instant();
    var table = new Table("NAME", "KIND", "SIZE", "AGE", "FAILURES", "STATE");
    for (JsonNode anchor : anchors) {
      table.add(
          anchor.path("name").asString(""),
          anchor.path("kind").asString(""),
          anchor.path("size").asString("-"),
          anchor.hasNonNull("anchoredAt") ? age(anchor.path("anchoredAt").asString(""), now) : "-",
          anchor.path("failures").asString("0"),
          state(anchor));
    }
    table.print(out);
  }

  private static String state(JsonNode anchor) {
    if (anchor.hasNonNull("failingSince")) {
      return "FAILS since %s: %s"
          .formatted(
              anchor.path("failingSince").asString(""), anchor.path("why").asString("unknown"));
    }
    if (!anchor.path("lacking").isEmpty()) {
      var lacking = new ArrayList<String>();
      anchor.path("lacking").forEach(one -> lacking.add(one.asString("")));
      return "works, without " + String.join("; ", lacking);
    }
    if (!anchor.path("here").asBoolean(false)) {
      return "runs where the log is sealed";
    }
    return anchor.hasNonNull("size") ? "works" : "was not asked yet";
  }

  private static String age(String at, Instant now) {
    long seconds = Math.max(0, Duration.between(Instant.parse(at), now).toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    return seconds < 7_200 ? seconds / 60 + "m" : seconds / 3_600 + "h";
  }
}
