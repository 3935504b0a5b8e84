package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign projections segments}. */
@Command(
    name = "segments",
    description = {
      "Changes how many parallel parts the processor of a projection has.",
      "",
      "Events of one aggregate are always in one part, in order. Parts are taken from their nodes for a"
          + " moment; nothing is lost or done twice. A rebuild keeps the parts."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProjectionsSegments.Split.class, ProjectionsSegments.Merge.class})
final class ProjectionsSegments implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  ProjectionsSegments() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "split or merge?");
  }

  /** A change of one part. */
  abstract static class Change extends ProjectionOperation {

    @Option(
        names = "--segment",
        required = true,
        paramLabel = "N",
        description = "Number of the part; with four parts 0 to 3.")
    private int segment;

    Change() {}

    @Override
    void options(ObjectNode options) {
      options.put("segment", segment);
    }

    @Override
    int show(JsonNode ended) {
      if (json) {
        print(ended);
        return CommandLineInterface.DONE;
      }
      var table = new Table("SEGMENT", "SHARE", "POSITION");
      for (JsonNode one : ended.path("result").path("segments")) {
        table.add(
            one.path("segment").asString(""),
            "1/" + (one.path("mask").asInt() + 1),
            "%,d".formatted(one.path("position").asLong()));
      }
      table.print(out());
      out().flush();
      return CommandLineInterface.DONE;
    }
  }

  /** {@code countersign projections segments split}. */
  @Command(
      name = "split",
      description = "Makes two parts of one.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign projections segments split work-items --segment 0 --reason 'more cores'")
  static final class Split extends Change {

    Split() {}

    @Override
    String kind() {
      return "split";
    }
  }

  /** {@code countersign projections segments merge}. */
  @Command(
      name = "merge",
      description =
          "Makes one part of a part and the one it was split from, or that was split from it. The one"
              + " that is behind is brought to the other's position first.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign projections segments merge work-items --segment 0 --reason 'one core'")
  static final class Merge extends Change {

    Merge() {}

    @Override
    String kind() {
      return "merge";
    }
  }
}
