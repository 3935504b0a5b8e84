package io.countersign.app.cli;

import io.countersign.audit.verify.Progress;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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
      "3:rows differ"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign projections verify work-items --reason 'quarterly check'",
      "  countersign projections verify gates --reason 'after the restore' --json"
    })
final class ProjectionsVerify extends ServerCommand {

  private static final long PAUSE_MILLIS = 300;

  @Parameters(paramLabel = "PROJECTION", description = "Which, for example work-items.")
  private String projection = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; recorded in the log.")
  private String reason = "";

  @Option(
      names = "--request-id",
      paramLabel = "UUID",
      description = "Id of the operation. Asked for again with the same id, it is done once.")
  private @Nullable UUID id;

  @Option(names = "--no-wait", description = "Ask, print the operation's id, and end.")
  private boolean noWait;

  ProjectionsVerify() {}

  @Override
  int ask(ApiClient api) {
    JsonNode now =
        api.post(
            ProjectionsCommand.OPERATIONS,
            ApiClient.JSON
                .createObjectNode()
                .put("id", (id == null ? UUID.randomUUID() : id).toString())
                .put("projection", projection)
                .put("kind", "verify")
                .put("reason", reason));
    if (noWait) {
      print(now, now.path("id").asString(""));
      return CommandLineInterface.DONE;
    }
    now = followed(api, now);
    if (!now.path("state").asString("").equals("done")) {
      throw new CommandFailed(
          "%s was not verified: %s"
              .formatted(projection, now.path("error").asString("it was canceled")));
    }
    boolean equal = now.path("outcome").asString("").equals("equal");
    if (json) {
      print(now);
    } else {
      print(now.path("result"), equal);
    }
    return equal ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  private JsonNode followed(ApiClient api, JsonNode begun) {
    Progress line = json ? Progress.SILENT : ProgressLine.onTerminal(err());
    JsonNode now = begun;
    boolean counted = false;
    while (!now.hasNonNull("endedAt")) {
      if (!counted && now.hasNonNull("entriesAll")) {
        line.total(now.path("entriesAll").asLong());
        counted = true;
      }
      if (counted) {
        line.reached(now.path("entriesDone").asLong(), 0);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailed(
            "no longer waiting; operation %s goes on".formatted(now.path("id").asString("")), e);
      }
      now = api.get(ProjectionsCommand.OPERATIONS + "/" + now.path("id").asString(""));
    }
    return now;
  }

  private void print(JsonNode result, boolean equal) {
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
    out().println(equal ? "verdict   equal to a replay of the log" : "verdict   DIVERGED");
    out().flush();
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
