package io.countersign.app.cli;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign projections verify}. */
@Command(
    name = "verify",
    description = {
      "Proves that a projection's rows are what a replay of the log makes, or shows what differs. Rows"
          + " and replay are compared at one moment, while everything goes on; nothing is changed.",
      "",
      "A node does it; this command waits and shows how far it is. The result, with a digest of each"
          + " table, is an entry of the log."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every row is the same (with --no-wait: it was asked for)",
      "1:failed or canceled, nothing is claimed; one line on standard error says why",
      "2:the command line is not valid",
      "3:rows differ, or are without events that were given up of dead letters"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign projections verify work-items --reason 'quarterly check'",
      "  countersign projections verify gates --reason 'after the restore' --json"
    })
final class ProjectionsVerify extends ProjectionOperation {

  @Option(
      names = "--generation",
      paramLabel = "N",
      description = "Number of the tables. Default: those that queries read.")
  private @Nullable Integer generation;

  ProjectionsVerify() {}

  @Override
  String kind() {
    return "verify";
  }

  @Override
  void options(ObjectNode options) {
    options.put("generation", generation);
  }

  @Override
  int show(JsonNode ended) {
    if (json) {
      print(ended);
    } else {
      found(ended.path("result"));
    }
    return ended.path("outcome").asString("").equals("equal")
        ? CommandLineInterface.DONE
        : CommandLineInterface.FINDING;
  }

  private void found(JsonNode result) {
    var table = new Table("TABLE", "ROWS", "REPLAYED", "DIFFERING", "SHA-256");
    for (JsonNode one : result.path("tables")) {
      table.add(
          one.path("table").asString(""),
          "%,d".formatted(one.path("rows").asLong()),
          "%,d".formatted(one.path("replayedRows").asLong()),
          "%,d".formatted(one.path("differing").asLong()),
          one.path("digest").asString(""));
    }
    table.print(out());
    for (JsonNode one : result.path("tables")) {
      for (JsonNode row : one.path("differences")) {
        out().println(difference(one.path("table").asString(""), row));
      }
    }
    int parked = result.path("parked").asInt(0);
    if (parked > 0) {
      out()
          .printf(
              "parked    sequences with dead letters: %,d, compared up to the first of each%n",
              parked);
    }
    JsonNode evicted = result.path("evicted");
    for (JsonNode one : evicted.path("first")) {
      out()
          .printf(
              "evicted   %s, entries %,d to %,d%n",
              one.path("sequence").asString(""),
              one.path("firstEntry").asLong(),
              one.path("lastEntry").asLong());
    }
    int more = evicted.path("sequences").asInt(0) - evicted.path("first").size();
    if (more > 0) {
      out().printf("evicted   ... and %,d more%n", more);
    }
    out().println("verdict   " + verdict(result.path("equal").asBoolean(), evicted));
    out().flush();
  }

  private static String verdict(boolean equal, JsonNode evicted) {
    if (!equal) {
      return "DIVERGED";
    }
    return evicted.isObject()
        ? "INCOMPLETE: equal to a replay of the log without %,d events that were given up"
            .formatted(evicted.path("events").asLong())
        : "equal to a replay of the log";
  }

  private static String difference(String table, JsonNode row) {
    String what =
        switch (row.path("side").asString("")) {
          case "projection" -> "is not in the replay";
          case "replay" -> "is missing";
          default -> "differs in " + joined(row.path("columns"));
        };
    return "%s [%s] %s".formatted(table, joined(row.path("key")), what);
  }

  private static String joined(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(text -> text.asString(""))
        .collect(Collectors.joining(", "));
  }
}
