package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign projections rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Fills new tables of a projection from the log, while queries go on reading the old ones;"
          + " compares every new row with a replay; then has queries read the new ones, in one"
          + " transaction. The old tables are kept and follow the log, for rollback; the ones kept"
          + " before them are removed.",
      "",
      "The first event that cannot be folded, or row that is refused, ends it and is named; nothing of"
          + " the new tables stays then. When its node dies, another goes on where it was. End it with"
          + " `countersign projections cancel`."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:queries read the new tables (with --stay: they are there; with --no-wait: it was asked for)",
      "1:failed or canceled, nothing has changed; one line on standard error says why",
      "2:the command line is not valid"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign projections rebuild work-items --reason 'index was damaged'",
      "  countersign projections rebuild gates --reason 'new version' --stay --max-rate 5000"
    })
final class ProjectionsRebuild extends ProjectionOperation {

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Version of the projection. Default: the newest the server knows.")
  private @Nullable Integer version;

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "Load at most so many events a second. Default: as many as can be.")
  private @Nullable Integer rate;

  @Option(names = "--stay", description = "Do not switch: see `countersign projections switch`.")
  private boolean stay;

  ProjectionsRebuild() {}

  @Override
  String kind() {
    return "rebuild";
  }

  @Override
  void options(ObjectNode options) {
    options.put("version", version).put("eventsPerSecond", rate).put("stay", stay);
  }

  @Override
  int show(JsonNode ended) {
    JsonNode result = ended.path("result");
    print(
        ended,
        stay
            ? "generation %d of version %d follows the log since entry %,d, loaded from %,d events; queries do not read it yet"
                .formatted(
                    result.path("generation").asInt(),
                    result.path("version").asInt(),
                    result.path("position").asLong(),
                    result.path("events").asLong())
            : ProjectionsSwitch.sentence(result));
    return CommandLineInterface.DONE;
  }
}
