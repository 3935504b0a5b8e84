package io.countersign.app.cli;

import io.countersign.rules.policy.PolicyPage;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign policy show}: a policy for people. */
@Command(
    name = "show",
    description = {
      "Prints a policy as Markdown: its machine as a Mermaid drawing, what each transition needs, and"
          + " every pair of states. Needs no server."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign policy show cmmi > cmmi.md")
final class PolicyShow implements Callable<Integer> {

  @Parameters(
      paramLabel = PolicyFiles.LABEL,
      description = "A policy file, or basic, agile, scrum or cmmi.")
  private String file = "";

  @Spec private @Nullable CommandSpec spec;

  PolicyShow() {}

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(PolicyPage.of(PolicyFiles.sound(file)));
    out.flush();
    return CommandLineInterface.DONE;
  }
}
