package io.countersign.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign projections status}. */
@Command(
    name = "status",
    description = {
      "Shows how far every projection is. LAG is exact: entries of the log it has not seen, and the"
          + " age of the oldest of them.",
      "",
      "STATE: running; failing, with the code of the error, while it tries again; stopped, when no node"
          + " works on some part of it; paused, when somebody wants that; loading, while a rebuild fills"
          + " its tables.",
      "",
      "GEN is the number of a set of tables, FOR what it is there: live, queries read it; following,"
          + " it was built beside that one; ready, it is about to be read; kept, it was read before.",
      "",
      "DEAD LETTERS: events that wait because one could not be taken; countersign dlq list shows them.",
      "",
      "NODES: how many nodes have a part of it; countersign projections segments list names them. ERROR:"
          + " what stops it on any of them. RATE, smoothed over half a minute, and LEFT need two looks: see --watch."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every projection runs, is loaded or paused",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:some projection is failing or stopped"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign projections status",
      "  countersign projections status work-items --json",
      "  countersign projections status --watch"
    })
final class ProjectionsStatus extends ProjectionsAsking {

  private static final long PAUSE_MILLIS = 1_000;
  private static final double SMOOTHED_SECONDS = 30;
  private static final String CLEAR = "\033[H\033[2J";

  @Parameters(arity = "0..1", paramLabel = "PROJECTION", description = "Only this one.")
  private @Nullable String projection;

  @Option(
      names = "--watch",
      description = "Show it anew every second, with rate and time left, until interrupted.")
  private boolean watch;

  private final Map<String, Seen> before = new LinkedHashMap<>();

  /**
   * Where a projection was, and when.
   *
   * @param rate entries a second, the last half minute counting most; absent after one look
   */
  private record Seen(long position, long at, @Nullable Double rate) {}

  ProjectionsStatus() {}

  @Override
  int ask(ApiClient api) {
    int code = show(api);
    while (watch) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return code;
      }
      code = show(api);
    }
    return code;
  }

  private int show(ApiClient api) {
    JsonNode all = api.get("/api/v1/processors");
    var shown = ApiClient.JSON.createArrayNode();
    for (JsonNode one : all.path("items")) {
      if (one.hasNonNull("projection")
          && (projection == null || projection.equals(one.path("projection").asString("")))) {
        shown.add(one);
      }
    }
    if (projection != null && shown.isEmpty()) {
      throw new CommandFailed("there is no projection %s".formatted(projection));
    }
    if (json) {
      print(ApiClient.JSON.createObjectNode().set("items", shown));
    } else {
      table(shown);
    }
    for (JsonNode one : shown) {
      if (List.of("failing", "stopped").contains(one.path("state").asString(""))) {
        return CommandLineInterface.FINDING;
      }
    }
    return CommandLineInterface.DONE;
  }

  private void table(JsonNode shown) {
    var table =
        new Table(
            "PROJECTION",
            "VERSION",
            "GEN",
            "FOR",
            "STATE",
            "SEGMENTS",
            "POSITION",
            "HEAD",
            "LAG",
            "AGE",
            "RATE",
            "LEFT",
            "DEAD LETTERS",
            "NODES",
            "ERROR");
    long now = System.nanoTime();
    for (JsonNode one : shown) {
      String name = one.path("name").asString("");
      long position = one.path("position").asLong();
      long lag = one.path("lagPositions").asLong();
      Seen seen = seen(name, position, now);
      Optional<Double> rate = Optional.ofNullable(seen.rate());
      table.add(
          one.path("projection").asString(""),
          one.path("version").asString(""),
          one.path("generation").asString(""),
          one.path("standing").asString(""),
          one.path("state").asString(""),
          one.path("segments").asString(""),
          "%,d".formatted(position),
          "%,d".formatted(one.path("head").asLong()),
          "%,d".formatted(lag),
          lag == 0 ? "-" : "%.1f s".formatted(one.path("lagSeconds").asDouble()),
          rate.map("%,.0f/s"::formatted).orElse("-"),
          rate.filter(r -> lag > 0 && r > 0).map(r -> "%.0f s".formatted(lag / r)).orElse("-"),
          deadLetters(one.path("deadLetters")),
          one.path("nodes").isEmpty() ? "-" : String.valueOf(one.path("nodes").size()),
          one.path("error").asString("-"));
      before.put(name, seen);
    }
    if (watch) {
      out().print(CLEAR);
    }
    table.print(out());
  }

  private static String deadLetters(JsonNode waits) {
    int letters = waits.path("letters").asInt(0);
    return letters == 0
        ? "-"
        : "%,d (sequences: %,d)".formatted(letters, waits.path("sequences").asInt());
  }

  private Seen seen(String name, long position, long now) {
    Seen last = before.get(name);
    if (last == null) {
      return new Seen(position, now, null);
    }
    double seconds = Math.max(1, now - last.at()) / 1e9;
    double rate = (position - last.position()) / seconds;
    return new Seen(
        position,
        now,
        last.rate() == null
            ? rate
            : last.rate() + (1 - Math.exp(-seconds / SMOOTHED_SECONDS)) * (rate - last.rate()));
  }
}
