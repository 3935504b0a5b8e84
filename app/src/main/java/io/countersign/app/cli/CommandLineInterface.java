package io.countersign.app.cli;

import io.countersign.app.StartRefused;
import io.countersign.app.Version;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: what it offers, how it reports errors, what its exit codes mean. */
@Command(
    name = "countersign",
    description = "Event-sourced orchestration of DevOps work that can prove what happened.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    versionProvider = CommandLineInterface.Versions.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; one line on standard error says why",
      "2:the command line is not valid",
      "3:the log was read and does not verify, or something else was found wrong"
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      PrincipalCommand.class,
      InboxCommand.class,
      AzureDevOpsCommand.class,
      SyncCommand.class,
      ReconcileCommand.class,
      HooksCommand.class,
      LogCommand.class,
      ProjectionsCommand.class,
      DlqCommand.class,
      AuditCommand.class,
      WitnessCommand.class,
      ProjectCommand.class,
      PolicyCommand.class,
      WorkItemCommand.class,
      PrivacyCommand.class,
      EscalationCommand.class,
      IntentsCommand.class,
      KeyCommand.class,
      TrafficCommand.class,
      SandboxCommand.class,
      CompletionCommand.class
    })
public final class CommandLineInterface {

  /** Exit code: done. */
  public static final int DONE = 0;

  /** Exit code: failed. */
  public static final int FAILED = 1;

  /** Exit code: the command line is not valid. */
  public static final int USAGE = 2;

  /** Exit code: a finding. */
  public static final int FINDING = 3;

  @Option(
      names = "--verbose",
      description = "Show the cause of an error with its stack trace.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private CommandLineInterface() {}

  /** Runs a command line on standard output and standard error. */
  public static int run(String... arguments) {
    return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
  }

  /** Runs a command line; returns the exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var root = new CommandLineInterface();
    var line = new CommandLine(root);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (invalid, _) -> {
          CommandLine command = invalid.getCommandLine();
          command
              .getErr()
              .println(
                  "countersign: %s (try: %s --help)"
                      .formatted(invalid.getMessage(), command.getCommandSpec().qualifiedName()));
          return USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          command.getErr().println("countersign: " + message(failure));
          if (root.verbose || Arrays.asList(arguments).contains("--verbose")) {
            failure.printStackTrace(command.getErr());
          }
          return FAILED;
        });
    if (arguments.length == 0) {
      line.usage(out);
      return USAGE;
    }
    return line.execute(arguments);
  }

  private static String message(Exception failure) {
    if (failure instanceof StartRefused || failure instanceof CommandFailed) {
      return String.valueOf(failure.getMessage());
    }
    Throwable root = rootCause(failure);
    return root instanceof SQLException sql
        ? "the database does not answer or refuses (SQLSTATE %s); --verbose shows it"
            .formatted(sql.getSQLState())
        : "something unexpected happened (%s); --verbose shows it"
            .formatted(root.getClass().getSimpleName());
  }

  private static Throwable rootCause(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  /** The version, for {@code --version}. */
  static final class Versions implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"countersign " + Version.text()};
    }
  }
}
