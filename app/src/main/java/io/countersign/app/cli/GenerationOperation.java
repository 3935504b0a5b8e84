package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Something that is done with one set of a projection's tables. */
abstract class GenerationOperation extends ProjectionOperation {

  @Option(
      names = "--generation",
      required = true,
      paramLabel = "N",
      description = "Number of the tables, as `countersign projections status` shows it.")
  int generation;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Version of the projection. Default: the newest the server knows.")
  private @Nullable Integer version;

  GenerationOperation() {}

  @Override
  void options(ObjectNode options) {
    options.put("generation", generation).put("version", version);
  }
}
