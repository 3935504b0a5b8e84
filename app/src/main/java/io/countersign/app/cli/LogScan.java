package io.countersign.app.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code countersign log scan}: entries of a kind or of an aggregate. */
@Command(
    name = "scan",
    description = {
      "Prints entries from an index on, one a line, in order: all, those of one logical name, or those"
          + " of one aggregate. Reads page by page, so it may be ended at any time.",
      "",
      "On standard error it says at the end how many there were."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign log scan --type workitem.TransitionViolated",
      "  countersign log scan --aggregate workitem:fabrikam:299 --json",
      "  countersign log scan --from 100000 --limit 50"
    })
final class LogScan extends ServerCommand {

  private static final int PAGE = 1_000;

  @Option(names = "--from", paramLabel = "INDEX", description = "First index. Default: 0.")
  private long from;

  @Option(
      names = "--type",
      paramLabel = "NAME",
      description = "Only this logical name, for example workitem.StateChanged.")
  private @Nullable String type;

  @Option(
      names = "--aggregate",
      paramLabel = "ID",
      description = "Only this aggregate, for example workitem:fabrikam:299.")
  private @Nullable String aggregate;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many entries. Default: all there are.")
  private long limit = Long.MAX_VALUE;

  LogScan() {}

  @Override
  int ask(ApiClient api) {
    long printed = 0;
    long next = from;
    while (printed < limit) {
      JsonNode page = api.get(path(next, Math.min(PAGE, limit - printed)));
      for (JsonNode entry : page.path("items")) {
        out().println(json ? entry.toString() : AuditTail.line(entry));
        printed++;
      }
      out().flush();
      if (!page.hasNonNull("next")) {
        break;
      }
      next = page.path("next").asLong();
    }
    err().println(printed == 1 ? "1 entry" : "%,d entries".formatted(printed));
    err().flush();
    return CommandLineInterface.DONE;
  }

  private String path(long first, long most) {
    return Stream.of(
            List.of("from=" + first, "limit=" + most),
            parameter("name", type),
            parameter("aggregate", aggregate))
        .flatMap(List::stream)
        .collect(Collectors.joining("&", "/api/v1/log/entries?", ""));
  }

  private static List<String> parameter(String name, @Nullable String value) {
    return value == null ? List.of() : List.of(name + "=" + ApiClient.escaped(value));
  }
}
