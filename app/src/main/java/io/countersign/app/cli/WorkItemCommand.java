package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign work-item}: what may happen to a work item, and who decides it. */
@Command(
    name = "work-item",
    description = {
      "Says what a work item needs to move on (next), brings it (attach, attest), decides its gates"
          + " (approve, reject, revoke, delegate, override), and asks for a transition (transition).",
      "",
      "Whoever's token is used decides, with the roles that principal has now. Needs a server.",
      "",
      "Exit code 3 says that something is missing or was not taken; the output says what, in words."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WorkItemNext.class,
      WorkItemTransition.class,
      WorkItemAttach.class,
      WorkItemAttest.class,
      WorkItemDecide.Approve.class,
      WorkItemDecide.Reject.class,
      WorkItemDecide.Revoke.class,
      WorkItemDecide.Delegate.class,
      WorkItemOverride.class
    })
final class WorkItemCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  WorkItemCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "next, transition, attach, attest, approve, reject, revoke, delegate or override?");
  }

  /** Something about one work item. What the server does not take is a finding, not a failure. */
  abstract static class Part extends ServerCommand {

    @Parameters(
        index = "0",
        paramLabel = "WORK-ITEM",
        description = "Its id: workitem:<organization>:<number>.")
    String workItem = "";

    /** Below the work item's own path. */
    String path(String below) {
      return "/api/v1/work-items/" + ApiClient.escaped(workItem) + below;
    }

    /** Posts, and says so when it was taken. */
    int decide(ApiClient api, String below, ObjectNode body, String done) {
      try {
        var answer = api.post(path(below), body);
        String id = answer.path("id").asString("");
        print(answer, id.isEmpty() ? done : done + ": " + id);
        return CommandLineInterface.DONE;
      } catch (ApiProblem e) {
        if (e.body().path("status").asInt(0) != 409) {
          throw e;
        }
        refused(e);
        return CommandLineInterface.FINDING;
      }
    }

    private void refused(ApiProblem e) {
      if (json) {
        print(e.body());
        return;
      }
      if (e.body().path("missing").isEmpty()) {
        out().println(e.body().path("detail").asString(""));
      }
      e.body().path("missing").forEach(one -> out().println(one.path("words").asString("")));
      out().flush();
    }

    static ObjectNode body() {
      return ApiClient.JSON.createObjectNode();
    }
  }
}
