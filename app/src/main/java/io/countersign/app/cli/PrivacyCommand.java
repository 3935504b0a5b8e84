package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code countersign privacy}: for whoever handles requests of data subjects. */
@Command(
    name = "privacy",
    description = {
      "Erases people by destroying their keys; the log verifies as before.",
      "",
      "One principal asks (erase), two others approve (approve), the program does the rest: it"
          + " destroys the keys, waits until every node has dropped them, tries to open what they"
          + " sealed, and records a certificate (certificate). A legal hold (hold) blocks it.",
      "",
      "Text of others that names a person is removed from single entries by `purge`, decided in the"
          + " same way.",
      "",
      "People are random subject ids everywhere but in `subjects`. Do not write names into reasons."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PrivacySubjects.class,
      PrivacyMentions.class,
      PrivacyErasures.Erase.class,
      PrivacyErasures.Approve.class,
      PrivacyErasures.Refuse.class,
      PrivacyErasures.Withdraw.class,
      PrivacyErasures.Status.class,
      PrivacyCertificate.class,
      PrivacyHold.class,
      PrivacyPurge.class
    })
final class PrivacyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  PrivacyCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "subjects, mentions, erase, approve, refuse, withdraw, status, certificate, hold or purge?");
  }

  /** Which server, as whom, and where to print. */
  abstract static class Part implements Callable<Integer> {

    @Mixin ServerOptions server = new ServerOptions();
    @Spec @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    PrintWriter out() {
      return Objects.requireNonNull(spec).commandLine().getOut();
    }

    PrintWriter err() {
      return Objects.requireNonNull(spec).commandLine().getErr();
    }

    void print(JsonNode node) {
      out().println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
      out().flush();
    }

    ParameterException usage(String message) {
      return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
  }
}
