package io.countersign.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code countersign hooks history}: how subscriptions stood, and until when. */
@Command(
    name = "history",
    description = {
      "Lists how subscriptions stood, as it was seen and recorded, the newest change first.",
      "What was enabled whenever somebody looked is not listed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign hooks history --project Fabrikam",
      "  countersign hooks history --type workitem.updated --current"
    })
final class HooksHistory extends HistoryCommand {

  @Option(names = "--type", paramLabel = "EVENT_TYPE", description = "Only of these events.")
  private @Nullable String type;

  @Option(names = "--current", description = "Only as each stands now.")
  private boolean current;

  HooksHistory() {}

  @Override
  int ask(ApiClient api) {
    return list(
        api,
        "/api/v1/hooks/history",
        new Table("ENTRY", "SEEN AT", "UNTIL", "PROJECT", "EVENT TYPE", "BEFORE", "STATUS", "BY"),
        "no change",
        List.of(new Filter("eventType", type), new Filter("current", current ? "true" : null)));
  }

  @Override
  String[] row(JsonNode one) {
    return new String[] {
      one.path("index").asString(""),
      one.path("seenAt").asString("-"),
      one.path("untilAt").asString("now"),
      one.path("project").asString(""),
      one.path("eventType").asString(""),
      one.path("before").asString("-"),
      one.path("status").asString(""),
      one.path("seenBy").asString("")
    };
  }
}
