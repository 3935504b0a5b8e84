package io.countersign.app.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code countersign projections pause} and {@code resume}. */
@Command(
    name = "pause",
    description = {
      "Lets the processor of a projection stand still on all nodes, also after they start again."
          + " Queries go on reading what is there; it gets older, and who waits for a position waits"
          + " in vain."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign projections pause work-items --reason 'the disk is being moved'")
final class ProjectionsPause extends ProjectionOperation {

  ProjectionsPause() {}

  @Override
  String kind() {
    return "pause";
  }

  @Override
  int show(JsonNode ended) {
    print(ended, "paused");
    return CommandLineInterface.DONE;
  }

  /** {@code countersign projections resume}. */
  @Command(
      name = "resume",
      description = "Lets a paused processor go on where it stands.",
      footerHeading = "%nExample:%n",
      footer = "  countersign projections resume work-items --reason 'the disk is moved'")
  static final class Resume extends ProjectionOperation {

    Resume() {}

    @Override
    String kind() {
      return "resume";
    }

    @Override
    int show(JsonNode ended) {
      print(ended, "resumed");
      return CommandLineInterface.DONE;
    }
  }
}
