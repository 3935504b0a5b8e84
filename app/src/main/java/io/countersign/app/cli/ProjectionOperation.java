package io.countersign.app.cli;

import io.countersign.audit.verify.Progress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that has something done to a projection, waits for it and shows what came of it. */
abstract class ProjectionOperation extends ProjectionsAsking {

  private static final long PAUSE_MILLIS = 300;

  @Parameters(
      index = "0",
      paramLabel = "PROJECTION",
      description = "Which, for example work-items.")
  String projection = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; recorded in the log.")
  private String reason = "";

  @Option(
      names = "--request-id",
      paramLabel = "UUID",
      description = "Id of the operation. Asked for again with the same id, it is done once.")
  private @Nullable UUID id;

  @Option(names = "--no-wait", description = "Ask, print the operation's id, and end.")
  private boolean noWait;

  ProjectionOperation() {}

  /** What is to be done, as the API calls it. */
  abstract String kind();

  /** How. */
  void options(ObjectNode options) {}

  /** Shows what came of it; gives the exit code. */
  abstract int show(JsonNode ended);

  @Override
  int ask(ApiClient api) {
    ObjectNode wanted =
        ApiClient.JSON
            .createObjectNode()
            .put("id", (id == null ? UUID.randomUUID() : id).toString())
            .put("projection", projection)
            .put("kind", kind())
            .put("reason", reason);
    options(wanted.putObject("options"));
    JsonNode now = api.post(ProjectionsCommand.OPERATIONS, wanted);
    if (noWait) {
      print(now, now.path("id").asString(""));
      return CommandLineInterface.DONE;
    }
    now = followed(api, now);
    if (!now.path("state").asString("").equals("done")) {
      throw new CommandFailed(
          "%s of %s was not done: %s"
              .formatted(kind(), projection, now.path("error").asString("it was canceled")));
    }
    return show(now);
  }

  private JsonNode followed(ApiClient api, JsonNode begun) {
    Progress line = json ? Progress.SILENT : ProgressLine.onTerminal(err());
    JsonNode now = begun;
    String phase = "";
    while (!now.hasNonNull("endedAt")) {
      if (!phase.equals(now.path("phase").asString(""))) {
        phase = now.path("phase").asString("");
        if (!json) {
          err().println(phase);
          err().flush();
        }
        line.total(now.path("entriesAll").asLong(0));
      }
      if (now.path("entriesAll").asLong(0) > 1) {
        line.reached(now.path("entriesDone").asLong(), 0);
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailed(
            "no longer waiting; operation %s goes on".formatted(now.path("id").asString("")), e);
      }
      now = api.get(ProjectionsCommand.OPERATIONS + "/" + now.path("id").asString(""));
    }
    return now;
  }
}
