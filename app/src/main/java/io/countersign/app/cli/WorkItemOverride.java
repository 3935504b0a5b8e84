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
import tools.jackson.databind.node.ObjectNode;

/** {@code work-item override}: letting a transition pass although something is missing. */
@Command(
    name = "override",
    description = {
      "Asks for an override of what a transition misses, agrees to one as the second person, or"
          + " refuses one. Then the transition can be asked for; the decision names what was missing."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WorkItemOverride.Request.class,
      WorkItemOverride.Confirm.class,
      WorkItemOverride.Refuse.class
    })
final class WorkItemOverride implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  WorkItemOverride() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "request, confirm or refuse?");
  }

  /** {@code work-item override request}. */
  @Command(
      name = "request",
      description = "Asks for an override and prints its id.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item override request workitem:fabrikam:4711 Production --because \"customers cannot pay; tested by hand, incident 12\"")
  static final class Request extends WorkItemCommand.Part {

    @Parameters(index = "1", paramLabel = "STATE", description = "State wanted.")
    private String to = "";

    @Option(
        names = "--because",
        required = true,
        paramLabel = "TEXT",
        description = "Why. Recorded, sealed; policies ask for a length.")
    private String because = "";

    Request() {}

    @Override
    int ask(ApiClient api) {
      return decide(
          api, "/overrides", body().put("to", to).put("justification", because), "requested");
    }
  }

  /** What is said to one that was asked for. */
  abstract static class Answer extends WorkItemCommand.Part {

    @Parameters(index = "1", paramLabel = "ID", description = "Of the override.")
    String id = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "In words. Recorded, sealed.")
    @Nullable String comment;

    int answer(ApiClient api, String word, String done) {
      ObjectNode body = body();
      if (comment != null) {
        body.put("comment", comment);
      }
      return decide(api, "/overrides/" + ApiClient.escaped(id) + "/" + word, body, done);
    }
  }

  /** {@code work-item override confirm}. */
  @Command(
      name = "confirm",
      description = "Agrees, as the second person.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item override confirm workitem:fabrikam:4711 0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10")
  static final class Confirm extends Answer {

    Confirm() {}

    @Override
    int ask(ApiClient api) {
      return answer(api, "confirm", "agreed");
    }
  }

  /** {@code work-item override refuse}. */
  @Command(
      name = "refuse",
      description = "Refuses, or takes one's own back.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item override refuse workitem:fabrikam:4711 0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10")
  static final class Refuse extends Answer {

    Refuse() {}

    @Override
    int ask(ApiClient api) {
      return answer(api, "refuse", "refused");
    }
  }
}
