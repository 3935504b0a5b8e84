package io.countersign.app.cli;

import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign log show}. */
@Command(
    name = "show",
    description = {
      "Shows one entry: what its bytes say, and its payload and metadata as they are stored. Sealed text"
          + " stays sealed.",
      "",
      "Whether the entry is sealed under a checkpoint is shown by: countersign audit show INDEX"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  countersign log show 0", "  countersign log show 4711 --json"})
final class LogShow extends ServerCommand {

  @Parameters(paramLabel = "INDEX", description = "Index of the entry, from 0.")
  private long index;

  LogShow() {}

  @Override
  int ask(ApiClient api) {
    JsonNode entry = api.get("/api/v1/log/entries/" + index);
    if (json) {
      print(entry);
      return CommandLineInterface.DONE;
    }
    byte[] bytes = Base64.getDecoder().decode(entry.path("entry").asString(""));
    Optional<String> unreadable = EntryLines.print(out(), bytes);
    unreadable.ifPresent(why -> EntryLines.line(out(), "UNREADABLE", why));
    if (entry.path("purgedBy").isNumber()) {
      EntryLines.line(
          out(),
          "purged",
          "its text was removed, as entry %,d says".formatted(entry.path("purgedBy").asLong()));
    }
    stored("payload", entry);
    stored("metadata", entry);
    out().flush();
    return CommandLineInterface.DONE;
  }

  /** As it is stored: JSON a line for each member, anything else as base64. */
  private void stored(String what, JsonNode entry) {
    out().println();
    out().println(what);
    JsonNode value = entry.path(what);
    String text =
        value.isMissingNode() || value.isNull()
            ? entry.path(what + "Bytes").asString("")
            : ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    out().println(text.indent(2).stripTrailing());
  }
}
