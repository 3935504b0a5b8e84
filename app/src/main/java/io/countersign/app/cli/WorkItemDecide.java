package io.countersign.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Deciding gates: {@code approve}, {@code reject}, {@code revoke}, {@code delegate}. */
final class WorkItemDecide {

  private WorkItemDecide() {}

  /** A gate of a transition. */
  abstract static class OfGate extends WorkItemCommand.Part {

    @Parameters(index = "1", paramLabel = "STATE", description = "State the gate is for.")
    String to = "";

    @Parameters(index = "2", paramLabel = "GATE", description = "As `next` names it.")
    String gate = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "In words. Recorded, sealed.")
    @Nullable String comment;

    ObjectNode gate() {
      ObjectNode body = body().put("to", to).put("gate", gate);
      return comment == null ? body : body.put("comment", comment);
    }
  }

  /** A yes or a no about a revision. */
  abstract static class Decision extends OfGate {

    @Option(
        names = "--revision",
        paramLabel = "N",
        description = "Revision you looked at, as `next` shows it. Default: the newest.")
    @Nullable Integer revision;

    int decide(ApiClient api, ObjectNode body, String decision, String done) {
      if (revision != null) {
        body.put("revision", revision);
      }
      return decide(api, "/approvals", body.put("decision", decision), done);
    }
  }

  /** {@code work-item approve}. */
  @Command(
      name = "approve",
      description = {
        "Approves a gate of a transition, for one revision of the work item. Prints the approval's id."
            + " It ends when the item moves to another state."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item approve workitem:fabrikam:4711 Staging qa_approval --revision 7")
  static final class Approve extends Decision {

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "From then on it does not count, as 2026-12-01T00:00:00Z.")
    private @Nullable String expires;

    Approve() {}

    @Override
    int ask(ApiClient api) {
      ObjectNode body = gate();
      if (expires != null) {
        body.put("expiresAt", expires);
      }
      return decide(api, body, "approve", "approved");
    }
  }

  /** {@code work-item reject}. */
  @Command(
      name = "reject",
      description =
          "Says no: the gate is closed until you revoke it or approve after all. Prints its id.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item reject workitem:fabrikam:4711 Staging qa_approval --comment \"see run 12\"")
  static final class Reject extends Decision {

    Reject() {}

    @Override
    int ask(ApiClient api) {
      return decide(api, gate(), "reject", "rejected");
    }
  }

  /** {@code work-item revoke}. */
  @Command(
      name = "revoke",
      description = "Takes an approval or a rejection back: your own, or one on your behalf.",
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item revoke workitem:fabrikam:4711 0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10")
  static final class Revoke extends WorkItemCommand.Part {

    @Parameters(index = "1", paramLabel = "ID", description = "Of the approval or rejection.")
    private String id = "";

    Revoke() {}

    @Override
    int ask(ApiClient api) {
      return decide(api, "/approvals/" + ApiClient.escaped(id) + "/revoke", body(), "taken back");
    }
  }

  /** {@code work-item delegate}. */
  @Command(
      name = "delegate",
      description = {
        "Lets another principal, one who may approve transitions but lacks this gate's role, decide a"
            + " gate on your behalf until a moment. He cannot pass it on."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign work-item delegate workitem:fabrikam:4711 Staging qa_approval --to ben --until 2026-12-01T00:00:00Z")
  static final class Delegate extends OfGate {

    @Option(names = "--to", required = true, paramLabel = "PRINCIPAL", description = "To whom.")
    private String delegate = "";

    @Option(names = "--until", required = true, paramLabel = "TIME", description = "Its end.")
    private String until = "";

    Delegate() {}

    @Override
    int ask(ApiClient api) {
      return decide(
          api, "/delegations", gate().put("delegate", delegate).put("until", until), "delegated");
    }
  }
}
