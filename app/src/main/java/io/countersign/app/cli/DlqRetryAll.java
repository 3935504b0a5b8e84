package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign dlq retry-all}. */
@Command(
    name = "retry-all",
    description = {
      "Tries all parked sequences again, each by itself and in its order: one that still fails goes on"
          + " waiting and holds up no other.",
      "",
      "An entry of the log for each sequence says what came of it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing of what waited waits any more",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:some sequences still wait"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign dlq retry-all --reason 'version 1.4.2 is in place'",
      "  countersign dlq retry-all work-items --reason 'constraint removed'"
    })
final class DlqRetryAll extends DlqCommand.Decision {

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECTION",
      description = "Only of this one, for example work-items.")
  private @Nullable String projection;

  DlqRetryAll() {}

  @Override
  int ask(ApiClient api) {
    ObjectNode body = body();
    if (projection != null) {
      body.put("projection", projection);
    }
    JsonNode done = api.post(DlqCommand.PATH + "/retry", body);
    // a request tries so many; the same one again goes on where it ended
    while (done.path("untried").asInt() > 0) {
      done = api.post(DlqCommand.PATH + "/retry", body);
    }
    int still = done.path("stillParked").asInt();
    print(
        done,
        "tried %,d sequences, applied %,d events; %,d sequences still wait"
            .formatted(done.path("sequences").asInt(), done.path("applied").asInt(), still));
    return still == 0 ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }
}
