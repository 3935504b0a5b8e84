package io.countersign.app.cli;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign dlq export}. */
@Command(
    name = "export",
    description = {
      "Writes all parked sequences as JSON lines, one for each, the oldest first: what is wrong with the"
          + " first event, with its stack, and every event that waits.",
      "",
      "For a bug report or a spreadsheet: it holds places and codes, nothing of what the events say. What"
          + " comes or goes while it is written may be in it or not. On standard error it says at the"
          + " end how many there were."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign dlq export > dead-letters.jsonl",
      "  countersign dlq export work-items | jq -r '.letters[].entry'"
    })
final class DlqExport extends ProjectionsAsking {

  private static final int PAGE = 200;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECTION",
      description = "Only of this one, for example work-items.")
  private @Nullable String projection;

  DlqExport() {}

  @Override
  int ask(ApiClient api) {
    String path =
        DlqCommand.PATH
            + "?limit="
            + PAGE
            + (projection == null ? "" : "&projection=" + ApiClient.escaped(projection));
    int written = 0;
    JsonNode page = api.get(path);
    while (true) {
      for (JsonNode one : page.path("items")) {
        Optional<JsonNode> whole = whole(api, one.path("id").asString(""));
        if (whole.isPresent()) {
          out().println(whole.get());
          written++;
        }
      }
      out().flush();
      if (!page.hasNonNull("next")) {
        break;
      }
      page = api.get(path + "&after=" + ApiClient.escaped(page.path("next").asString("")));
    }
    err().println(written == 1 ? "1 sequence" : "%,d sequences".formatted(written));
    err().flush();
    return CommandLineInterface.DONE;
  }

  /** A sequence with all its letters; nothing when it is over meanwhile. */
  private static Optional<JsonNode> whole(ApiClient api, String id) {
    String path = DlqCommand.PATH + "/" + ApiClient.escaped(id);
    return api.find(path)
        .map(ApiClient.JSON::readTree)
        .map(
            first -> {
              ObjectNode whole = (ObjectNode) first;
              ArrayNode letters = whole.withArray("letters");
              Queue<JsonNode> more = new ArrayDeque<>();
              letters.forEach(more::add);
              while (more.size() == PAGE) {
                long last = letters.get(letters.size() - 1).path("entry").asLong();
                more.clear();
                api.find(path + "?afterEntry=" + last)
                    .map(ApiClient.JSON::readTree)
                    .ifPresent(page -> page.path("letters").forEach(more::add));
                more.forEach(letters::add);
              }
              return whole;
            });
  }
}
