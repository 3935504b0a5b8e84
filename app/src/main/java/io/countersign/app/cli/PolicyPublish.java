package io.countersign.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code countersign policy publish}: a version for ever. */
@Command(
    name = "publish",
    description = {
      "Publishes a policy on a server: its whole text is recorded in the log, so that decisions can be"
          + " judged again from the log alone. A version means one text for ever. It holds for no"
          + " project until it is attached. The policies that come along need no publishing."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign policy publish policies/payments.yaml")
final class PolicyPublish extends ServerCommand {

  @Parameters(paramLabel = "FILE", description = "The policy.")
  private Path file = Path.of("");

  PolicyPublish() {}

  @Override
  int ask(ApiClient api) {
    JsonNode published;
    try {
      published = api.post("/api/v1/policies", "application/yaml", Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CommandFailed("%s cannot be read".formatted(file), e);
    } catch (ApiProblem e) {
      if (e.body().path("faults").isEmpty()) {
        throw e;
      }
      e.body().path("faults").forEach(fault -> out().println(fault.asString("")));
      return CommandLineInterface.FINDING;
    }
    print(
        published,
        "%s@%s %s"
            .formatted(
                published.path("id").asString(""),
                published.path("version").asString(""),
                published.path("news").asBoolean(false) ? "is published" : "was published before"));
    return CommandLineInterface.DONE;
  }
}
