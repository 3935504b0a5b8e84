package io.countersign.app.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign completion}: scripts that have a shell complete commands and options. */
@Command(
    name = "completion",
    description =
        "Prints a script that has a shell complete commands and options with the tab key.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CompletionCommand.Bash.class, CompletionCommand.Zsh.class})
final class CompletionCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "bash or zsh?");
  }

  /** A script for a shell. */
  abstract static class Script implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      CommandSpec self = Objects.requireNonNull(spec);
      PrintWriter out = self.commandLine().getOut();
      out.print(AutoComplete.bash(self.root().name(), self.root().commandLine()));
      out.flush();
      return CommandLineInterface.DONE;
    }
  }

  /** {@code completion bash}. */
  @Command(
      name = "bash",
      description = {
        "Prints the script for bash.",
        "",
        "For this shell: source <(countersign completion bash)",
        "For every one to come, when bash-completion is installed, keep it in",
        "  ~/.local/share/bash-completion/completions/countersign",
        "Print it anew after an upgrade: there may be new commands."
      })
  static final class Bash extends Script {

    Bash() {}
  }

  /** {@code completion zsh}. */
  @Command(
      name = "zsh",
      description = {
        "Prints the script for zsh. It is that of bash: zsh runs it by its bashcompinit, which the script"
            + " loads.",
        "",
        "For this shell: source <(countersign completion zsh)",
        "For every one to come, in ~/.zshrc behind compinit:",
        "  source ~/.countersign-completion",
        "with: countersign completion zsh > ~/.countersign-completion",
        "Print it anew after an upgrade: there may be new commands."
      })
  static final class Zsh extends Script {

    Zsh() {}
  }
}
