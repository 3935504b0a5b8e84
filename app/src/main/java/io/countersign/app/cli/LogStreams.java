package io.countersign.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code countersign log streams}: the aggregates of the log. */
@Command(
    name = "streams",
    description = {
      "Lists the streams of the log, one for each aggregate, in order of their ids: how many entries"
          + " it has, which are the first and the last, and when their events happened. The entries"
          + " themselves: countersign log scan --aggregate ID.",
      "",
      "Read from the projection streams, not from the log: projections verify streams proves that"
          + " it is what the log says."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign log streams",
      "  countersign log streams --type workitem --prefix workitem:fabrikam:",
      "  countersign log streams --limit 200 --json"
    })
final class LogStreams extends ServerCommand {

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only aggregates of this kind, for example workitem.")
  private @Nullable String type;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "Only ids that begin so.")
  private @Nullable String prefix;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 200.")
  private int limit = 50;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "More: the next of the page before.")
  private @Nullable String after;

  LogStreams() {}

  @Override
  int ask(ApiClient api) {
    List<String> query = new ArrayList<>(List.of("limit=" + limit));
    add(query, "type", type);
    add(query, "prefix", prefix);
    add(query, "after", after);
    JsonNode page = api.get("/api/v1/streams?" + String.join("&", query));
    if (json) {
      print(page);
    } else {
      table(page);
    }
    return CommandLineInterface.DONE;
  }

  private static void add(List<String> query, String name, @Nullable String value) {
    if (value != null) {
      query.add(name + "=" + ApiClient.escaped(value));
    }
  }

  private void table(JsonNode page) {
    if (page.path("items").isEmpty()) {
      out().println("no stream");
    } else {
      var table = new Table("STREAM", "TYPE", "ENTRIES", "FIRST", "AT", "LAST", "AT");
      for (JsonNode one : page.path("items")) {
        table.add(
            one.path("id").asString(""),
            one.path("type").asString(""),
            "%,d".formatted(one.path("entries").asLong()),
            "%,d".formatted(one.path("firstIndex").asLong()),
            one.path("firstAt").asString(""),
            "%,d".formatted(one.path("lastIndex").asLong()),
            one.path("lastAt").asString(""));
      }
      table.print(out());
      if (page.hasNonNull("next")) {
        out().println("more: --after " + page.path("next").asString(""));
      }
    }
    out().flush();
  }
}
