package io.countersign.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code privacy subjects}: who is meant. */
@Command(
    name = "subjects",
    description = {
      "Finds a person's random subject id by a mail address or descriptor; with --organization also"
          + " by an id, an account name or the name shown.",
      "",
      "Without ALIAS it is read from standard input, where neither the shell's history nor the list"
          + " of processes keeps it. It is sent in a body, and logged nowhere."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign privacy subjects < address.txt",
      "  countersign privacy subjects \"Ann Example\" --organization fabrikam"
    })
final class PrivacySubjects extends PrivacyCommand.Part {

  @Parameters(arity = "0..1", paramLabel = "ALIAS", description = "What a source calls the person.")
  private @Nullable String alias;

  @Option(
      names = "--organization",
      paramLabel = "ORG",
      description = "Where the person was told of: name or id of the Azure DevOps organization.")
  private @Nullable String organization;

  PrivacySubjects() {}

  @Override
  public Integer call() {
    String asked = alias == null ? standardInput() : alias;
    if (asked.isBlank()) {
      throw usage("an alias is needed, as an argument or on standard input");
    }
    ObjectNode search = ApiClient.JSON.createObjectNode().put("alias", asked.strip());
    if (organization != null) {
      search.put("organization", organization);
    }
    try (var api = server.connect()) {
      JsonNode found = api.post("/api/v1/privacy/subjects/find", search);
      if (json) {
        print(found);
        return CommandLineInterface.DONE;
      }
      if (found.path("items").isEmpty()) {
        out().println("nobody is known by that; never told of, or told of in another form");
        return CommandLineInterface.DONE;
      }
      var table = new Table("SUBJECT", "FOUND BY", "STATE");
      for (JsonNode subject : found.path("items")) {
        table.add(
            subject.path("subject").asString(""),
            words(subject.path("by")),
            subject.path("forgotten").asBoolean(false)
                ? "erased before; no name is kept"
                : "known");
      }
      table.print(out());
    }
    return CommandLineInterface.DONE;
  }

  private static String words(JsonNode array) {
    var words = new StringBuilder();
    array.forEach(word -> words.append(words.isEmpty() ? "" : ",").append(word.asString("")));
    return words.toString();
  }

  private static String standardInput() {
    var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new CommandFailed("standard input cannot be read", e);
    }
  }
}
