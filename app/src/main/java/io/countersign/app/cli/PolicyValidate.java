package io.countersign.app.cli;

import io.countersign.rules.policy.TransitionPolicy;
import io.countersign.rules.yaml.Fault;
import io.countersign.rules.yaml.FaultyFileException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;

/** {@code countersign policy validate}: everything that is wrong with files, with its place. */
@Command(
    name = "validate",
    description = {
      "Reads policies, compiles their conditions and runs their examples, and prints everything that"
          + " is wrong as FILE:LINE:COLUMN: PATH: WORDS. Needs no server."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all files are sound policies",
      "1:a file cannot be read; one line on standard error says why",
      "2:the command line is not valid",
      "3:something is wrong in a file"
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign policy validate policies/*.yaml")
final class PolicyValidate implements Callable<Integer> {

  @Parameters(
      paramLabel = PolicyFiles.LABEL,
      arity = "1..*",
      description = "Policy files, or basic, agile, scrum, cmmi for those that come along.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  PolicyValidate() {}

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ArrayNode results = ApiClient.JSON.createArrayNode();
    boolean sound = true;
    for (String file : files) {
      try {
        TransitionPolicy policy = PolicyFiles.read(file);
        var stamp = policy.stamp();
        results
            .addObject()
            .put("file", file)
            .put("id", stamp.id())
            .put("version", stamp.version())
            .put("sha256", stamp.sha256());
        if (!json) {
          out.println(
              "%s: sound: %s %s, %d transitions, sha256 %s"
                  .formatted(
                      file,
                      stamp.id(),
                      stamp.version(),
                      policy.transitions().size(),
                      stamp.sha256()));
        }
      } catch (FaultyFileException e) {
        sound = false;
        ArrayNode faults = results.addObject().put("file", file).putArray("faults");
        for (Fault fault : e.faults()) {
          add(faults, fault);
          if (!json) {
            out.println(fault);
          }
        }
      }
    }
    if (json) {
      out.println(results.toPrettyString());
    }
    out.flush();
    return sound ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  private static void add(ArrayNode faults, Fault fault) {
    faults
        .addObject()
        .put("line", fault.line())
        .put("column", fault.column())
        .put("path", fault.path())
        .put("words", fault.words());
  }
}
