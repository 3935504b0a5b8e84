package io.countersign.app.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign reconcile history}: what comparing found. */
@Command(
    name = "history",
    description = {
      "Lists what comparing found, of all projects, the newest first: each window of work items"
          + " (source), notifications or builds. With ENTRY, what differed in that one.",
      "",
      "How comparing stands now: reconcile --list."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign reconcile history --differs",
      "  countersign reconcile history --project Fabrikam --kind builds",
      "  countersign reconcile history 4711"
    })
final class ReconcileHistory extends HistoryCommand {

  private static final String PATH = "/api/v1/reconciliation-results";

  @Parameters(arity = "0..1", paramLabel = "ENTRY", description = "Index of a result's entry.")
  private @Nullable Long entry;

  @Option(
      names = "--kind",
      paramLabel = "WORD",
      description = "Only source, notifications or builds.")
  private @Nullable String kind;

  @Option(names = "--failed", description = "Only those that failed: nothing is known of them.")
  private boolean failed;

  @Option(
      names = "--differs",
      description = "Only those with something missing that was not filled, or unexpected.")
  private boolean differs;

  ReconcileHistory() {}

  @Override
  int ask(ApiClient api) {
    if (entry != null && (kind != null || failed || differs)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "either ENTRY or a filter");
    }
    return entry == null
        ? list(
            api,
            PATH,
            new Table(
                "ENTRY", "AT", "PROJECT", "KIND", "UP TO", "BY", "MISSING", "FILLED", "UNEXPECTED"),
            "no result",
            List.of(
                new Filter("kind", kind),
                new Filter("outcome", failed ? "failed" : null),
                new Filter("differs", differs ? "true" : null)))
        : one(api);
  }

  @Override
  String[] row(JsonNode one) {
    return new String[] {
      one.path("index").asString(""),
      one.path("recordedAt").asString("-"),
      one.path("project").asString(""),
      one.path("kind").asString(""),
      one.path("to").asString("failed"),
      one.path("askedBy").asString(""),
      one.path("missing").asString("-"),
      one.path("filled").asString("-"),
      one.path("unexpected").asString("-")
    };
  }

  private int one(ApiClient api) {
    JsonNode detail = api.get(PATH + "/" + entry);
    if (json) {
      print(detail);
      return CommandLineInterface.DONE;
    }
    print(detail.path("result"));
    var table = new Table("SIDE", "WHAT", "WORK ITEM", "FIRST", "LAST", "SIZE");
    for (JsonNode gap : detail.path("differences")) {
      table.add(
          gap.path("side").asString(""),
          gap.path("what").asString(""),
          gap.path("workItem").asString("-"),
          gap.path("first").asString("-"),
          gap.path("last").asString("-"),
          gap.path("size").asString(""));
    }
    if (detail.path("result").path("outcome").asString("").equals("failed")) {
      out().println("it was not compared: nothing is known of what differed");
    } else if (detail.path("differences").isEmpty()) {
      out().println("nothing differed");
    } else {
      table.print(out());
    }
    out().flush();
    return CommandLineInterface.DONE;
  }
}
