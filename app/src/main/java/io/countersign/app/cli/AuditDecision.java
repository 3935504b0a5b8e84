package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Decisions about the sealed log, each with its reason, which the log records. */
abstract class AuditDecision implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; one line without personal data. It becomes an entry of the log.")
  private String reason = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final String path;

  private AuditDecision(String path) {
    this.path = path;
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (var api = server.connect()) {
      var body = ApiClient.JSON.createObjectNode().put("reason", reason);
      var outcome = api.post("/api/v1/audit/" + path, body);
      out.println(json ? outcome.toPrettyString() : outcome.path("done").asString(""));
    }
    out.flush();
    return CommandLineInterface.DONE;
  }

  /** {@code countersign audit resume}. */
  @Command(
      name = "resume",
      description =
          "Lets a halted log go on after what was wrong was set right: a row, a file or the database"
              + " brought back from a copy. Everything is checked again before.",
      footerHeading = "%nExample:%n",
      footer = "  countersign audit resume --reason 'entry 4711 restored from the copy of Friday'")
  static final class Resume extends AuditDecision {

    Resume() {
      super("resume");
    }
  }

  /** {@code countersign audit restart}. */
  @Command(
      name = "restart",
      description = {
        "Begins the sealed log anew from what the database holds, after it was rolled back or"
            + " changed, or after the published folder was lost. It is sealed under another origin"
            + " and published in another folder; the one before stays as evidence, and an entry"
            + " says how many entries both have in common.",
        "",
        "Cannot be undone. When the newer database can still be brought back, do that and resume."
      },
      footerHeading = "%nExample:%n",
      footer = "  countersign audit restart --reason 'restored from Friday, the disk was lost'")
  static final class Restart extends AuditDecision {

    Restart() {
      super("restart");
    }
  }

  /** {@code countersign audit rotate-key}. */
  @Command(
      name = "rotate-key",
      description =
          "Lets a new key sign checkpoints. For an overlap, 7 days unless set otherwise, the old one"
              + " signs as well. Give auditors the file keys of the published folder before that is"
              + " over; audit verify takes it for --vkey.",
      footerHeading = "%nExample:%n",
      footer = "  countersign audit rotate-key --reason 'yearly'")
  static final class RotateKey extends AuditDecision {

    RotateKey() {
      super("key-rotation");
    }
  }
}
