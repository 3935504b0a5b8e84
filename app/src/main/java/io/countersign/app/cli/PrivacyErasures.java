package io.countersign.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands of {@code countersign privacy} about erasures. */
final class PrivacyErasures {

  private static final String PATH = "/api/v1/privacy/erasures";

  private PrivacyErasures() {}

  /** About one erasure. */
  abstract static class OfOne extends PrivacyCommand.Part {

    @Parameters(paramLabel = "ERASURE", description = "Id of the erasure, as `erase` printed it.")
    String id = "";

    String path(String step) {
      return PATH + "/" + ApiClient.escaped(id) + step;
    }

    Integer post(String step, ObjectNode body) {
      try (var api = server.connect()) {
        show(api.post(path(step), body));
      }
      return CommandLineInterface.DONE;
    }

    void show(JsonNode erasure) {
      if (json) {
        print(erasure);
      } else {
        out().println(line(erasure));
      }
    }
  }

  private static String line(JsonNode erasure) {
    return "%s: %s, %s"
        .formatted(
            erasure.path("erasure").asString(""),
            erasure.path("state").asString(""),
            erasure.path("says").asString(""));
  }

  private static ObjectNode because(String reason) {
    return ApiClient.JSON.createObjectNode().put("reason", reason);
  }

  /** {@code privacy erase}. */
  @Command(
      name = "erase",
      description = {
        "Asks that a person be erased, and prints the erasure's id. Two other principals have to"
            + " approve; whoever asks cannot.",
        "",
        "Legal bases: no-longer-needed, consent-withdrawn, objection, unlawful, legal-obligation,"
            + " child (Art. 17(1)(a) to (f) GDPR), other."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  countersign privacy erase 6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c --basis objection"
              + " --reason \"ticket DP-17\" --also workitem:fabrikam:4711")
  static final class Erase extends PrivacyCommand.Part {

    @Parameters(paramLabel = "SUBJECT", description = "Id of the person: `privacy subjects`.")
    private String subject = "";

    @Option(names = "--basis", required = true, paramLabel = "WORD", description = "Legal basis.")
    private String basis = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded, sealed. A ticket number, not the person's name.")
    private String reason = "";

    @Option(
        names = "--also",
        paramLabel = "OWNER",
        description =
            "Erase all text of this work item or resource, too, whoever wrote it. Repeat for several.")
    private List<String> also = List.of();

    Erase() {}

    @Override
    public Integer call() {
      ObjectNode wanted = because(reason).put("subject", subject).put("basis", basis);
      var owners = ApiClient.JSON.createArrayNode();
      also.forEach(owners::add);
      wanted.set("alsoErase", owners);
      try (var api = server.connect()) {
        JsonNode erasure = api.post(PATH, wanted);
        if (json) {
          print(erasure);
        } else {
          out().println(line(erasure));
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code privacy approve}. */
  @Command(
      name = "approve",
      description = {
        "Approves an erasure, as the principal whose token is used. After the second approval it is"
            + " carried out and cannot be undone. Look at it first: `privacy status ERASURE`."
      })
  static final class Approve extends OfOne {

    Approve() {}

    @Override
    public Integer call() {
      return post("/approve", ApiClient.JSON.createObjectNode());
    }
  }

  /** {@code privacy refuse}. */
  @Command(
      name = "refuse",
      description = {
        "Refuses an erasure that has not begun.",
        "",
        "Grounds: free-expression, legal-obligation (of the Union or a Member State), public-health,"
            + " archiving, legal-claims (Art. 17(3)(a) to (e) GDPR), identity-not-proven, mistaken."
      })
  static final class Refuse extends OfOne {

    @Option(names = "--ground", required = true, paramLabel = "WORD", description = "Ground.")
    private String ground = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded, sealed. Without the person's name.")
    private String reason = "";

    Refuse() {}

    @Override
    public Integer call() {
      return post("/refuse", because(reason).put("ground", ground));
    }
  }

  /** {@code privacy withdraw}. */
  @Command(name = "withdraw", description = "Takes one's own request back, if it has not begun.")
  static final class Withdraw extends OfOne {

    Withdraw() {}

    @Override
    public Integer call() {
      return post("/withdraw", ApiClient.JSON.createObjectNode());
    }
  }

  /** {@code privacy status}. */
  @Command(
      name = "status",
      description = "Shows one erasure, or lists all with what they wait for, newest first.")
  static final class Status extends PrivacyCommand.Part {

    @Parameters(arity = "0..1", paramLabel = "ERASURE", description = "Id of an erasure.")
    private @Nullable String id;

    @Option(names = "--open", description = "Only those that are not over, oldest first.")
    private boolean open;

    Status() {}

    @Override
    public Integer call() {
      try (var api = server.connect()) {
        if (id != null) {
          print(api.get(PATH + "/" + ApiClient.escaped(id)));
          return CommandLineInterface.DONE;
        }
        JsonNode page = api.get(PATH + (open ? "?open=true" : ""));
        if (json) {
          print(page);
        } else if (page.path("items").isEmpty()) {
          out().println(open ? "no erasure is open" : "no erasure was ever asked for");
        } else {
          var table = new Table("ERASURE", "SUBJECT", "STATE", "WAITS FOR");
          for (JsonNode erasure : page.path("items")) {
            table.add(
                erasure.path("erasure").asString(""),
                erasure.path("subject").asString(""),
                erasure.path("state").asString(""),
                erasure.path("says").asString(""));
          }
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }
  }
}
