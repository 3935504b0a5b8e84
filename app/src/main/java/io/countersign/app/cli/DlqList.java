package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign dlq list}. */
@Command(
    name = "list",
    description = {
      "Lists parked sequences, the oldest first. ENTRY is that of the event that failed; LETTERS counts"
          + " it and what waits behind it.",
      "",
      "What waits is no failure of this command: see projections status for states."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  countersign dlq list", "  countersign dlq list work-items --json"})
final class DlqList extends ProjectionsAsking {

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECTION",
      description = "Only of this one, for example work-items.")
  private @Nullable String projection;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 200.")
  private int limit = 50;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "More: the next of the page before.")
  private @Nullable String after;

  DlqList() {}

  @Override
  int ask(ApiClient api) {
    JsonNode page =
        api.get(
            DlqCommand.PATH
                + "?limit="
                + limit
                + (projection == null ? "" : "&projection=" + ApiClient.escaped(projection))
                + (after == null ? "" : "&after=" + ApiClient.escaped(after)));
    if (json) {
      print(page);
    } else if (page.path("items").isEmpty()) {
      out().println("nothing waits");
    } else {
      var table =
          new Table(
              "SEQ",
              "PROCESSOR",
              "SEQUENCE",
              "ENTRY",
              "EVENT",
              "ERROR",
              "LETTERS",
              "TRIED",
              "SINCE");
      for (JsonNode one : page.path("items")) {
        table.add(
            one.path("id").asString(""),
            one.path("processor").asString(""),
            one.path("sequence").asString(""),
            "%,d".formatted(one.path("firstEntry").asLong()),
            one.path("event").asString(""),
            one.path("code").asString(""),
            "%,d".formatted(one.path("letters").asInt()),
            "%,d".formatted(one.path("attempts").asInt()),
            one.path("parkedAt").asString(""));
      }
      table.print(out());
      if (page.hasNonNull("next")) {
        out().println("more: --after " + page.path("next").asString(""));
      }
    }
    out().flush();
    return CommandLineInterface.DONE;
  }
}
