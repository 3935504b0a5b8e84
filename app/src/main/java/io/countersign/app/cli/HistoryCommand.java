package io.countersign.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A list of what the log tells, newest first: of which project, how much, and from where on. */
abstract class HistoryCommand extends ServerCommand {

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "Only of this one. " + ProjectArgument.DESCRIPTION)
  private @Nullable String project;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (1 to 200). Default: 50.")
  private int limit = 50;

  @Option(names = "--after", paramLabel = "CURSOR", description = "'next' of the page before.")
  private @Nullable String after;

  HistoryCommand() {}

  /** Further parameters. Absent ones are left out. */
  record Filter(String name, @Nullable String value) {}

  /** Asks for a page and prints it. */
  int list(ApiClient api, String path, Table table, String nothing, List<Filter> filters) {
    List<Filter> all = new ArrayList<>(filters);
    all.add(new Filter("project", project == null ? null : ProjectArgument.id(api, project)));
    all.add(new Filter("after", after));
    List<String> query = new ArrayList<>(List.of("limit=" + limit));
    for (Filter filter : all) {
      String value = filter.value();
      if (value != null) {
        query.add(filter.name() + "=" + ApiClient.escaped(value));
      }
    }
    JsonNode page = api.get(path + "?" + String.join("&", query));
    if (json) {
      print(page);
      return CommandLineInterface.DONE;
    }
    page.path("items").forEach(one -> table.add(row(one)));
    if (page.path("items").isEmpty()) {
      out().println(nothing);
    } else {
      table.print(out());
    }
    if (page.hasNonNull("next")) {
      out().println("more with --after " + page.path("next").asString(""));
    }
    out().flush();
    return CommandLineInterface.DONE;
  }

  /** One line of the table. */
  abstract String[] row(JsonNode one);

  /** A text, or what stands for one that cannot be shown. */
  static String opened(JsonNode text) {
    if (text.hasNonNull("text")) {
      return text.path("text").asString("").replaceAll("\\s+", " ");
    }
    return text.path("erased").asBoolean(false) ? "(erased)" : "(unreadable)";
  }
}
