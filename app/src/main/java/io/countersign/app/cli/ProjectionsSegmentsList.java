package io.countersign.app.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign projections segments list}. */
@Command(
    name = "list",
    description = {
      "Shows the parallel parts of a projection's processor: how far each is, which node holds it, and"
          + " what stops it.",
      "",
      "A part has those sequences (a work item's events, for example) whose hash, masked with MASK, is"
          + " SEGMENT: 1 / (MASK + 1) of all. GEN and FOR are as in projections status.",
      "",
      "STATE: running; failing, with the code of the error, while it tries again; stopped, when no node"
          + " that shows life holds it; paused; loading."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every part runs, is loaded or paused",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:some part is failing or stopped"
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign projections segments list work-items")
final class ProjectionsSegmentsList extends ProjectionsAsking {

  private static final String PROCESSORS = "/api/v1/processors";

  @Parameters(paramLabel = "PROJECTION", description = "Which, for example work-items.")
  private String projection = "";

  ProjectionsSegmentsList() {}

  @Override
  int ask(ApiClient api) {
    ArrayNode shown = ApiClient.JSON.createArrayNode();
    for (JsonNode processor : api.get(PROCESSORS).path("items")) {
      if (projection.equals(processor.path("projection").asString(""))) {
        shown.add(of(api, processor));
      }
    }
    if (shown.isEmpty()) {
      throw new CommandFailed("there is no projection %s".formatted(projection));
    }
    if (json) {
      print(ApiClient.JSON.createObjectNode().set("items", shown));
    } else {
      table(shown);
    }
    return exitCode(shown);
  }

  /** A set of tables with the parts of its processor. */
  private static ObjectNode of(ApiClient api, JsonNode processor) {
    ObjectNode one = ApiClient.JSON.createObjectNode();
    for (String member : List.of("name", "version", "generation", "standing")) {
      one.set(member, processor.path(member));
    }
    String name = ApiClient.escaped(processor.path("name").asString(""));
    one.set("segments", api.get(PROCESSORS + "/" + name + "/segments").path("items"));
    return one;
  }

  private void table(ArrayNode shown) {
    var table =
        new Table(
            "GEN", "FOR", "SEGMENT", "MASK", "SHARE", "POSITION", "LAG", "STATE", "NODE", "ERROR");
    for (JsonNode one : shown) {
      for (JsonNode part : one.path("segments")) {
        table.add(
            one.path("generation").asString(""),
            one.path("standing").asString(""),
            part.path("segment").asString(""),
            part.path("mask").asString(""),
            "1/" + (part.path("mask").asInt() + 1),
            "%,d".formatted(part.path("position").asLong()),
            "%,d".formatted(part.path("lagPositions").asLong()),
            part.path("state").asString(""),
            part.path("node").asString("-"),
            part.path("error").asString("-"));
      }
    }
    table.print(out());
  }

  private static int exitCode(ArrayNode shown) {
    for (JsonNode one : shown) {
      for (JsonNode part : one.path("segments")) {
        if (List.of("failing", "stopped").contains(part.path("state").asString(""))) {
          return CommandLineInterface.FINDING;
        }
      }
    }
    return CommandLineInterface.DONE;
  }
}
