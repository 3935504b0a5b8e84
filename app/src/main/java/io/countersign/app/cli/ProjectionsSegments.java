package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign projections segments}. */
@Command(
    name = "segments",
    description = {
      "Shows the parallel parts of a projection's processor and which node holds each, changes how many"
          + " there are, and has a node let one go.",
      "",
      "Events of one aggregate are always in one part, in order. Parts are taken from their nodes for a"
          + " moment; nothing is lost or done twice. A rebuild keeps the parts."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProjectionsSegmentsList.class,
      ProjectionsSegments.Split.class,
      ProjectionsSegments.Merge.class,
      ProjectionsSegments.Release.class
    })
final class ProjectionsSegments implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  ProjectionsSegments() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "list, split, merge or release?");
  }

  /** A change of one part. */
  abstract static class Change extends ProjectionOperation {

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "SEGMENT",
        description = "Number of the part, as `countersign projections segments list` shows it.")
    private @Nullable Integer place;

    @Option(names = "--segment", paramLabel = "N", description = "The same.")
    private @Nullable Integer named;

    Change() {}

    @Override
    void options(ObjectNode options) {
      if ((place == null) == (named == null)) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(), "which part? Give its number once");
      }
      options.put("segment", place == null ? named : place);
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
      footer = "  countersign projections segments split work-items 0 --reason 'more cores'")
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
      footer = "  countersign projections segments merge work-items 0 --reason 'one core'")
  static final class Merge extends Change {

    Merge() {}

    @Override
    String kind() {
      return "merge";
    }
  }

  /** {@code countersign projections segments release}. */
  @Command(
      name = "release",
      description = {
        "Has the node that holds a part let it go, so that another takes it; that node does not take it"
            + " again for some seconds, then it does when nobody else has.",
        "",
        "Nodes share the parts evenly by themselves; this is for a node that is slow or about to stop."
            + " A node that shows no life cannot let go: another takes its parts when its claims have run"
            + " out."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign projections segments release work-items 0 --reason 'node is slow'")
  static final class Release extends Change {

    Release() {}

    @Override
    String kind() {
      return "release";
    }

    @Override
    int show(JsonNode ended) {
      JsonNode result = ended.path("result");
      print(
          ended,
          "node %s let go of part %s"
              .formatted(result.path("node").asString(""), result.path("segment").asString("")));
      return CommandLineInterface.DONE;
    }
  }
}
