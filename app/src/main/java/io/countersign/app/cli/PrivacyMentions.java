package io.countersign.app.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code privacy mentions}: text of others that names a person. */
@Command(
    name = "mentions",
    description = {
      "Lists work items and other resources whose text names a person, with the entries: titles,"
          + " comments, descriptions, whoever wrote them. Their text is not the person's own and does"
          + " not go with it. Look at each, and give those that have to go to `erase --also`.",
      "",
      "Searches the whole log for the names it has of the person and for the words given, letter by"
          + " letter but for upper and lower case. Nicknames and misspellings are not found. To be done"
          + " before the erasure: afterwards nobody knows the names."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign privacy mentions 6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c --word annex")
final class PrivacyMentions extends PrivacyCommand.Part {

  private static final String PATH = "/api/v1/privacy/mentions";

  @Parameters(paramLabel = "SUBJECT", description = "Id of the person.")
  private String subject = "";

  @Option(
      names = "--word",
      paramLabel = "TEXT",
      description = "Also this: a nickname, a mail address. Repeat for several.")
  private List<String> words = List.of();

  PrivacyMentions() {}

  @Override
  public Integer call() {
    var found = new TreeMap<String, TreeSet<Long>>();
    ArrayNode items = ApiClient.JSON.createArrayNode();
    try (var api = server.connect()) {
      ObjectNode search = ApiClient.JSON.createObjectNode().put("subject", subject);
      JsonNode page = api.post(PATH, search);
      if (!words.isEmpty()) {
        ArrayNode all = ApiClient.JSON.createArrayNode();
        page.path("words").forEach(all::add);
        words.forEach(all::add);
        search.set("words", all);
        page = api.post(PATH, search);
      } else {
        search.set("words", page.path("words"));
      }
      while (true) {
        page.path("items")
            .forEach(
                one -> {
                  items.add(one);
                  found
                      .computeIfAbsent(one.path("owner").asString(""), _ -> new TreeSet<>())
                      .add(one.path("index").asLong(0));
                });
        if (!page.hasNonNull("next")) {
          break;
        }
        page = api.post(PATH, search.put("from", page.path("next").asLong(0)));
      }
    }
    if (json) {
      print(items);
    } else {
      print(found);
    }
    return CommandLineInterface.DONE;
  }

  private void print(Map<String, TreeSet<Long>> found) {
    if (found.isEmpty()) {
      out().println("no text of others names the person, as far as letters show");
      return;
    }
    var table = new Table("OWNER", "ENTRIES");
    found.forEach(
        (owner, entries) ->
            table.add(owner, String.join(" ", entries.stream().map(String::valueOf).toList())));
    table.print(out());
  }
}
