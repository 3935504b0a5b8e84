package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign azure-devops}. */
@Command(
    name = "azure-devops",
    description = "The connection to Azure DevOps.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AzureDevOpsCheck.class)
final class AzureDevOpsCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  AzureDevOpsCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "check?");
  }
}
