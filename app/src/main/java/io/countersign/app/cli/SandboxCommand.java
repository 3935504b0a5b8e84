package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign sandbox}: services of one's own to try Countersign against. */
@Command(
    name = "sandbox",
    description = "Runs services that behave like the real ones, to try Countersign against.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SandboxAzureDevOps.class})
final class SandboxCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  SandboxCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "azure-devops?");
  }
}
