package io.countersign.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign audit tail}: the newest entries and checkpoints. */
@Command(
    name = "tail",
    description = {
      "Prints the newest entries and the newest checkpoint, one a line; with --follow also those"
          + " that come, until interrupted. Every index appears once, so a gap would show."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign audit tail -n 50",
      "  countersign audit tail -f --json >> entries.ndjson"
    })
final class AuditTail implements Callable<Integer> {

  private static final int PAGE = 1_000;
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = {"-n", "--entries"},
      paramLabel = "N",
      description = "Begin with so many entries that are there, 0 to 1000. Default: 10.")
  private int count = 10;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes.")
  private boolean follow;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;
  private String checkpoint = "";

  AuditTail() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    if (count < 0 || count > PAGE) {
      throw new ParameterException(commands, "--entries is 0 to " + PAGE);
    }
    PrintWriter out = commands.getOut();
    try (var api = server.connect()) {
      long size = api.get("/api/v1/log/head").path("size").asLong(0);
      long next = Math.max(0, size - count);
      do {
        next = entries(api, out, next);
        checkpoint(api, out);
        out.flush();
      } while (follow && pause());
    }
    return CommandLineInterface.DONE;
  }

  private long entries(ApiClient api, PrintWriter out, long from) {
    long next = from;
    JsonNode page;
    do {
      page = api.get("/api/v1/log/entries?from=%d&limit=%d".formatted(next, PAGE));
      for (JsonNode entry : page.path("items")) {
        print(out, "entry", entry, line(entry));
        next = entry.path("index").asLong() + 1;
      }
    } while (page.hasNonNull("next"));
    return next;
  }

  private void checkpoint(ApiClient api, PrintWriter out) {
    api.find("/api/v1/log/checkpoints/latest")
        .map(ApiClient.JSON::readTree)
        .ifPresent(
            newest -> {
              String note = newest.path("note").asString("");
              if (!note.equals(checkpoint)) {
                checkpoint = note;
                print(
                    out,
                    "checkpoint",
                    newest,
                    "-- checkpoint over %d entries, root %s"
                        .formatted(newest.path("size").asLong(), newest.path("root").asString("")));
              }
            });
  }

  private void print(PrintWriter out, String kind, JsonNode what, String line) {
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.set(kind, what);
      out.println(result);
    } else {
      out.println(line);
    }
  }

  /** An entry on one line: index, time, name, aggregate, sequence, actor. */
  static String line(JsonNode entry) {
    return "%8d  %s  %-32s %s #%d  %s"
        .formatted(
            entry.path("index").asLong(),
            entry.path("recordedAt").asString(""),
            entry.path("name").asString(""),
            entry.path("aggregateId").asString(""),
            entry.path("sequence").asLong(),
            entry.path("actor").asString(""));
  }

  /** Whether to go on: not when interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
