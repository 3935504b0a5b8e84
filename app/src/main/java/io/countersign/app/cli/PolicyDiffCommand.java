package io.countersign.app.cli;

import io.countersign.rules.policy.PolicyChange;
import io.countersign.rules.policy.PolicyDiff;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign policy diff}: what another policy changes. */
@Command(
    name = "diff",
    description = {
      "Says in words what the second policy changes: stricter (something that passed may be blocked),"
          + " looser (something that was blocked may pass), or changed (it depends on the item: two"
          + " conditions cannot be compared). Needs no server."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:they decide the same",
      "1:a file cannot be read or is no sound policy",
      "2:the command line is not valid",
      "3:they differ"
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign policy diff agile our-agile.yaml")
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A policy file or process.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "A policy file or process.")
  private String after = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  PolicyDiffCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<PolicyChange> changes =
        PolicyDiff.between(PolicyFiles.sound(before), PolicyFiles.sound(after));
    if (json) {
      var array = ApiClient.JSON.createArrayNode();
      for (PolicyChange change : changes) {
        array
            .addObject()
            .put("effect", change.effect().word())
            .put("where", change.where())
            .put("words", change.words());
      }
      out.println(array.toPrettyString());
    } else {
      changes.forEach(
          change ->
              out.println(
                  "%-8s  %s: %s"
                      .formatted(change.effect().word(), change.where(), change.words())));
      if (changes.isEmpty()) {
        out.println("they decide the same");
      }
    }
    out.flush();
    return changes.isEmpty() ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }
}
