package io.countersign.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign policy}: what transitions need, as files. */
@Command(
    name = "policy",
    description =
        "Checks, shows and compares transition policies, tries them on history, publishes them and"
            + " attaches them to projects.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PolicyValidate.class,
      PolicyShow.class,
      PolicyDiffCommand.class,
      PolicySimulate.class,
      PolicyPublish.class,
      PolicyAttach.class,
      PolicyMode.class,
      PolicyList.class
    })
final class PolicyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  PolicyCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "validate, show, diff, simulate, publish, attach, mode or list?");
  }
}
