package io.countersign.app.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code countersign projections switch}, {@code rollback} and {@code drop}. */
@Command(
    name = "switch",
    description = {
      "Has queries read other tables of a projection, that were built with `rebuild --stay` or are kept"
          + " since a switch. Waits until they have seen what the log has; nobody reads less than"
          + " before. What was read until now is kept."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign projections switch gates --generation 2 --reason 'checked by hand'")
final class ProjectionsSwitch extends GenerationOperation {

  ProjectionsSwitch() {}

  @Override
  String kind() {
    return "switch";
  }

  @Override
  int show(JsonNode ended) {
    print(ended, sentence(ended.path("result")));
    return CommandLineInterface.DONE;
  }

  /** What an event Switched says. */
  static String sentence(JsonNode result) {
    return "queries read generation %d of version %d; generation %d of version %d is kept"
        .formatted(
            result.path("generation").asInt(),
            result.path("version").asInt(),
            result.path("fromGeneration").asInt(),
            result.path("fromVersion").asInt());
  }

  /** {@code countersign projections rollback}. */
  @Command(
      name = "rollback",
      description = {
        "Has queries read the tables again that they read before the last switch. Those have followed the"
            + " log meanwhile; what is read until now is kept."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign projections rollback gates --reason 'a column is wrong'")
  static final class Rollback extends ProjectionOperation {

    Rollback() {}

    @Override
    String kind() {
      return "rollback";
    }

    @Override
    int show(JsonNode ended) {
      print(ended, sentence(ended.path("result")));
      return CommandLineInterface.DONE;
    }
  }

  /** {@code countersign projections drop}. */
  @Command(
      name = "drop",
      description =
          "Removes tables of a projection that queries do not read. There is no way back, but rebuild.",
      footerHeading = "%nExample:%n",
      footer = "  countersign projections drop gates --generation 1 --reason 'needs the space'")
  static final class Drop extends GenerationOperation {

    Drop() {}

    @Override
    String kind() {
      return "drop";
    }

    @Override
    int show(JsonNode ended) {
      print(ended, "generation %d is removed".formatted(generation));
      return CommandLineInterface.DONE;
    }
  }
}
