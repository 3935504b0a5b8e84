package io.countersign.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers to escalations. */
final class EscalationAnswers {

  private EscalationAnswers() {}

  /** One answer to one escalation. */
  abstract static class Answer extends PrivacyCommand.Part {

    @Parameters(paramLabel = "ESCALATION", description = "Its id.")
    private String id = "";

    int post(String step, ObjectNode body) {
      try (var api = server.connect()) {
        JsonNode changed =
            api.post(EscalationCommand.PATH + "/" + ApiClient.escaped(id) + "/" + step, body);
        if (json) {
          print(changed);
        } else {
          out().println(changed.path("changed").asBoolean(false) ? "done" : "it was so before");
        }
      }
      return CommandLineInterface.DONE;
    }

    static ObjectNode body() {
      return ApiClient.JSON.createObjectNode();
    }
  }

  /** {@code escalation ack}. */
  @Command(name = "ack", description = "Acknowledges an escalation: no further level is asked.")
  static final class Acknowledge extends Answer {

    Acknowledge() {}

    @Override
    public Integer call() {
      return post("acknowledge", body());
    }
  }

  /** {@code escalation assign}. */
  @Command(name = "assign", description = "Says who has an escalation: no further level is asked.")
  static final class Assign extends Answer {

    @Option(
        names = "--to",
        required = true,
        paramLabel = "NAME",
        description = "A principal or a team.")
    private String to = "";

    Assign() {}

    @Override
    public Integer call() {
      return post("assign", body().put("to", to));
    }
  }

  /** {@code escalation snooze}. */
  @Command(
      name = "snooze",
      description = "Asks again later; the levels above have their time anew from then on.")
  static final class Snooze extends Answer {

    @Option(
        names = "--until",
        required = true,
        paramLabel = "TIME",
        description = "For example 2026-11-23T09:00:00Z.")
    private String until = "";

    Snooze() {}

    @Override
    public Integer call() {
      return post("snooze", body().put("until", until));
    }
  }

  /** {@code escalation merge}. */
  @Command(name = "merge", description = "Says that an escalation is the same as another one.")
  static final class Merge extends Answer {

    @Option(
        names = "--into",
        required = true,
        paramLabel = "ESCALATION",
        description = "Where it lives on.")
    private String into = "";

    Merge() {}

    @Override
    public Integer call() {
      return post("merge", body().put("into", into));
    }
  }

  /** {@code escalation resolve}. */
  @Command(name = "resolve", description = "Ends an escalation.")
  static final class Resolve extends Answer {

    @Option(
        names = "--code",
        required = true,
        paramLabel = "CODE",
        description = "fixed, accepted, false-alarm, duplicate or obsolete.")
    private String code = "";

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "Why; sealed.")
    private String text = "";

    Resolve() {}

    @Override
    public Integer call() {
      return post("resolve", body().put("code", code).put("text", text));
    }
  }
}
