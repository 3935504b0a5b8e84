package io.countersign.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code privacy purge}: removes the text of single entries; their digests stay. */
@Command(
    name = "purge",
    description = {
      "Asks that the text of entries be removed from the log, and prints the purge's id. For comments"
          + " that name an erased person (`privacy mentions` gives their indexes), or that should"
          + " never have been recorded. Two other principals have to approve; a legal hold on a"
          + " person whom an entry names by id blocks it.",
      "",
      "The entries stay, with who, when and the digest of what was there, and the log verifies as"
          + " before: `audit verify` tells these entries as PURGED and names the entry that says so."
          + " Only comments on work items and pull requests can be purged: titles and fields go with"
          + " their owner (`privacy erase --also`).",
      "",
      "Legal bases: no-longer-needed, consent-withdrawn, objection, unlawful, legal-obligation,"
          + " child (Art. 17(1)(a) to (f) GDPR), other."
    },
    subcommands = {
      PrivacyPurge.Approve.class,
      PrivacyPurge.Refuse.class,
      PrivacyPurge.Status.class,
      PrivacyPurge.Certificate.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign privacy purge --entry 12,57 --legal-basis unlawful --reason \"ticket DP-18\"",
      "  countersign privacy purge approve 0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10"
    })
final class PrivacyPurge extends PrivacyCommand.Part {

  private static final String PATH = "/api/v1/privacy/purges";

  @Option(
      names = "--entry",
      split = ",",
      paramLabel = "INDEX",
      description = "Entries whose text goes, at most 100.")
  private List<Long> entries = List.of();

  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      description =
          "For whom it is done, by the random id: a legal hold on this person blocks it, too. Repeat"
              + " for several.")
  private List<String> subjects = List.of();

  @Option(names = "--legal-basis", paramLabel = "WORD", description = "Legal basis.")
  private @Nullable String basis;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; recorded, sealed. A ticket number, not anybody's name.")
  private @Nullable String reason;

  PrivacyPurge() {}

  @Override
  public Integer call() {
    if (entries.isEmpty() || basis == null || reason == null) {
      throw usage(
          "--entry, --legal-basis and --reason are needed; or approve, refuse, status or certificate");
    }
    ObjectNode wanted = ApiClient.JSON.createObjectNode().put("basis", basis).put("reason", reason);
    entries.forEach(wanted.putArray("entries")::add);
    subjects.forEach(wanted.putArray("subjects")::add);
    try (var api = server.connect()) {
      tell(this, api.post(PATH, wanted));
    }
    return CommandLineInterface.DONE;
  }

  private static void tell(PrivacyCommand.Part part, JsonNode purge) {
    if (part.json) {
      part.print(purge);
    } else {
      part.out()
          .println(
              "%s: %s, %s"
                  .formatted(
                      purge.path("purge").asString(""),
                      purge.path("state").asString(""),
                      purge.path("says").asString("")));
      part.out().flush();
    }
  }

  /** About one purge. */
  abstract static class OfOne extends PrivacyCommand.Part {

    @Parameters(paramLabel = "PURGE", description = "Id of the purge, as `purge` printed it.")
    private String id = "";

    String path(String step) {
      return PATH + "/" + ApiClient.escaped(id) + step;
    }

    Integer post(String step, ObjectNode body) {
      try (var api = server.connect()) {
        tell(this, api.post(path(step), body));
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code privacy purge approve}. */
  @Command(
      name = "approve",
      description = {
        "Approves a purge, as the principal whose token is used. After the second approval it is"
            + " carried out and cannot be undone. Look at it first: `privacy purge status PURGE`."
      })
  static final class Approve extends OfOne {

    Approve() {}

    @Override
    public Integer call() {
      return post("/approve", ApiClient.JSON.createObjectNode());
    }
  }

  /** {@code privacy purge refuse}. */
  @Command(
      name = "refuse",
      description = "Refuses a purge that has not begun, or takes one's own request back.")
  static final class Refuse extends OfOne {

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; recorded, sealed. Without anybody's name.")
    private String reason = "";

    Refuse() {}

    @Override
    public Integer call() {
      return post("/refuse", ApiClient.JSON.createObjectNode().put("reason", reason));
    }
  }

  /** {@code privacy purge status}. */
  @Command(
      name = "status",
      description = "Shows one purge, or lists all with what they wait for, newest first.")
  static final class Status extends PrivacyCommand.Part {

    @Parameters(arity = "0..1", paramLabel = "PURGE", description = "Id of a purge.")
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
          out().println(open ? "no purge is open" : "no purge was ever asked for");
        } else {
          var table = new Table("PURGE", "ENTRIES", "STATE", "WAITS FOR");
          for (JsonNode purge : page.path("items")) {
            table.add(
                purge.path("purge").asString(""),
                Integer.toString(purge.path("entries").size()),
                purge.path("state").asString(""),
                purge.path("says").asString(""));
          }
          table.print(out());
        }
      }
      return CommandLineInterface.DONE;
    }
  }

  /** {@code privacy purge certificate}. */
  @Command(
      name = "certificate",
      description = {
        "Prints the certificate of a purge as JSON: which entries lost their text, the digests of"
            + " what was there, who decided it in which entries, and from which day on backups cannot"
            + " bring it back. inclusionProof shows that it is in the log; it is checked first."
      })
  static final class Certificate extends OfOne {

    @Mixin private LogKeys keys = new LogKeys();

    @Option(names = "--out", paramLabel = "FILE", description = "Write it to a new file instead.")
    private @Nullable Path out;

    Certificate() {}

    @Override
    public Integer call() {
      PrivacyCertificate.tell(this, path("/certificate"), keys, out);
      return CommandLineInterface.DONE;
    }
  }
}
