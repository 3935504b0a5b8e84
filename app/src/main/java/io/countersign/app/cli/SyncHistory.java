package io.countersign.app.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;

/** {@code countersign sync history}: what was asked of Azure DevOps and what came of it. */
@Command(
    name = "history",
    description = {
      "Lists what was asked of Azure DevOps and what came of it, the newest first; with --conflicts"
          + " where both sides moved a work item, and who decided which side holds.",
      "",
      "confirmed: written, and Azure DevOps told so. there-already: Azure DevOps told the wanted"
          + " state, and it was not we who wrote it. replaced: something newer was asked for before"
          + " anything came of it. Why something waits: sync pending."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign sync history --status refused",
      "  countersign sync history --work-item workitem:fabrikam:4711 --json",
      "  countersign sync history --conflicts --open"
    })
final class SyncHistory extends HistoryCommand {

  private static final String PATH = "/api/v1/sync/";

  @Option(names = "--work-item", paramLabel = "ID", description = "Only of this work item.")
  private @Nullable String workItem;

  @Option(
      names = "--status",
      paramLabel = "WORD",
      description =
          "Only what is requested, written, confirmed, there-already, refused, abandoned, conflict"
              + " or replaced.")
  private @Nullable String status;

  @Option(names = "--conflicts", description = "Conflicts.")
  private boolean conflicts;

  @Option(names = "--open", description = "With --conflicts: only those that nobody decided.")
  private boolean open;

  SyncHistory() {}

  @Override
  int ask(ApiClient api) {
    if (conflicts ? status != null : open) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--open goes with --conflicts, --status without");
    }
    return conflicts
        ? list(
            api,
            PATH + "conflicts",
            new Table(
                "ENTRY", "WORK ITEM", "FROM", "OURS", "THEIRS", "HOLDS", "BY", "AT", "CONFLICT"),
            "no conflict",
            List.of(new Filter("workItem", workItem), new Filter("open", open ? "true" : null)))
        : list(
            api,
            PATH + "writes",
            new Table(
                "ENTRY", "WORK ITEM", "FROM", "TO", "BY", "AT", "STATUS", "REVISION", "REASON"),
            "no write",
            List.of(new Filter("workItem", workItem), new Filter("status", status)));
  }

  @Override
  String[] row(JsonNode one) {
    return conflicts ? conflict(one) : write(one);
  }

  private static String[] write(JsonNode one) {
    boolean reversal = one.path("kind").asString("").equals("reversal");
    return new String[] {
      one.path("index").asString(""),
      one.path("workItem").asString(""),
      one.path("from").asString("-"),
      one.path("to").asString("") + (reversal ? " (moved back)" : ""),
      one.path("askedBy").asString(""),
      one.path("askedAt").asString("-"),
      one.path("status").asString(""),
      one.path("revision").asString("-"),
      one.path("code").asString("-")
          + (one.hasNonNull("words") ? ": " + opened(one.path("words")) : "")
    };
  }

  private static String[] conflict(JsonNode one) {
    return new String[] {
      one.path("index").asString(""),
      one.path("workItem").asString(""),
      one.path("from").asString(""),
      one.path("ours").asString(""),
      one.path("theirs").asString("not mapped")
          + " ("
          + one.path("sourceTheirs").asString("")
          + ")",
      one.path("resolution").asString("undecided"),
      one.path("decidedBy").asString("-"),
      one.path("resolvedAt").asString(one.path("detectedAt").asString("-")),
      one.path("conflict").asString("")
    };
  }
}
