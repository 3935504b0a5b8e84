package io.countersign.app.cli;

import java.util.ArrayList;
import java.util.List;
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

/** {@code countersign escalation}: what humans have to look at. */
@Command(
    name = "escalation",
    description = {
      "Lists escalations and answers them.",
      "",
      "An escalation is raised by what breaks, or by hand (raise). Its first team is asked; when"
          + " nobody answers in time, the next one. To answer is to acknowledge (ack) or to assign"
          + " (assign); resolve ends it, merge says that it is the same as another, snooze asks"
          + " again later."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EscalationCommand.ListAll.class,
      EscalationCommand.Show.class,
      EscalationAnswers.Acknowledge.class,
      EscalationAnswers.Assign.class,
      EscalationAnswers.Snooze.class,
      EscalationAnswers.Merge.class,
      EscalationAnswers.Resolve.class,
      EscalationCommand.Raise.class,
      EscalationTestChannel.class
    })
final class EscalationCommand implements Callable<Integer> {

  static final String PATH = "/api/v1/escalations";

  @Spec private @Nullable CommandSpec spec;

  EscalationCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "list, show, ack, assign, snooze, merge, resolve, raise or test-channel?");
  }

  /** {@code escalation list}. */
  @Command(name = "list", description = "Lists escalations, oldest first; open ones by default.")
  static final class ListAll extends PrivacyCommand.Part {

    @Option(names = "--all", description = "Also those that are merged or resolved.")
    private boolean all;

    @Option(names = "--category", paramLabel = "WORD", description = "Only of this category.")
    private @Nullable String category;

    @Option(names = "--team", paramLabel = "NAME", description = "Only those this team is asked.")
    private @Nullable String team;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many: 1 to 200.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "'next' of the page before.")
    private @Nullable String after;

    ListAll() {}

    @Override
    public Integer call() {
      List<String> query = new ArrayList<>(List.of("limit=" + limit));
      if (!all) {
        query.add("open=true");
      }
      add(query, "category", category);
      add(query, "team", team);
      add(query, "after", after);
      try (var api = server.connect()) {
        JsonNode page = api.get(PATH + "?" + String.join("&", query));
        if (json) {
          print(page);
        } else {
          table(page);
        }
      }
      return CommandLineInterface.DONE;
    }

    private static void add(List<String> query, String name, @Nullable String value) {
      if (value != null) {
        query.add(name + "=" + ApiClient.escaped(value));
      }
    }

    private void table(JsonNode page) {
      if (page.path("items").isEmpty()) {
        out().println("no escalation");
        return;
      }
      var table =
          new Table(
              "ESCALATION",
              "STATUS",
              "CATEGORY",
              "SEVERITY",
              "LEVEL",
              "TEAM",
              "KIND",
              "ABOUT",
              "SINCE");
      for (JsonNode item : page.path("items")) {
        table.add(
            item.path("id").asString(""),
            item.path("status").asString(""),
            item.path("category").asString(""),
            item.path("severity").asString(""),
            item.path("level").asString(""),
            item.path("team").asString(""),
            item.path("kind").asString(""),
            item.path("workItem").asString(item.path("project").asString("-")),
            item.path("raisedAt").asString(""));
      }
      table.print(out());
      if (page.hasNonNull("next")) {
        out().println("more with --after " + page.path("next").asString(""));
      }
    }
  }

  /** {@code escalation show}. */
  @Command(
      name = "show",
      description = "Shows an escalation with its context and everything that happened to it.")
  static final class Show extends PrivacyCommand.Part {

    @Parameters(paramLabel = "ESCALATION", description = "Its id.")
    private String id = "";

    Show() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        JsonNode detail = api.get(PATH + "/" + ApiClient.escaped(id));
        if (json) {
          print(detail);
        } else {
          print(detail.path("escalation"));
          out().println("context: " + shown(detail.path("context")));
          var table = new Table("ENTRY", "STEP", "AT", "BY", "DETAIL");
          for (JsonNode step : detail.path("steps")) {
            table.add(
                step.path("index").asString(""),
                step.path("step").asString(""),
                step.path("at").asString(""),
                step.path("actor").asString(""),
                step.path("detail").asString(""));
          }
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }

    private static String shown(JsonNode text) {
      return text.hasNonNull("text")
          ? text.path("text").asString("")
          : text.path("erased").asBoolean(false) ? "(erased)" : "(unreadable)";
    }
  }

  /** {@code escalation raise}. */
  @Command(name = "raise", description = "Raises an escalation by hand and prints its id.")
  static final class Raise extends PrivacyCommand.Part {

    @Option(
        names = "--category",
        required = true,
        paramLabel = "WORD",
        description = "technical, operational, compliance, security or business.")
    private String category = "";

    @Option(
        names = "--severity",
        required = true,
        paramLabel = "WORD",
        description = "low, medium, high or critical.")
    private String severity = "";

    @Option(
        names = "--text",
        required = true,
        paramLabel = "TEXT",
        description = "What it is about; sealed.")
    private String text = "";

    @Option(
        names = "--work-item",
        paramLabel = "ID",
        description = "workitem:<organization>:<number>, when it is about one.")
    private @Nullable String workItem;

    @Option(
        names = "--same-as",
        paramLabel = "KEY",
        description = "Raised again with this key, it counts in the open one.")
    private @Nullable String key;

    Raise() {}

    @Override
    public Integer call() {
      ObjectNode body =
          ApiClient.JSON
              .createObjectNode()
              .put("category", category)
              .put("severity", severity)
              .put("text", text);
      if (workItem != null) {
        body.put("workItem", workItem);
      }
      if (key != null) {
        body.put("dedupeKey", key);
      }
      try (var api = server.connect()) {
        JsonNode raised = api.post(PATH, body);
        if (json) {
          print(raised);
        } else {
          out().println(raised.path("escalation").asString(""));
        }
      }
      return CommandLineInterface.DONE;
    }
  }
}
