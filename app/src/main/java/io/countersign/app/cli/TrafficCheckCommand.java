package io.countersign.app.cli;

import io.countersign.sandbox.traffic.LedgerCheck;
import io.countersign.sandbox.traffic.LedgerFindings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign traffic check}. */
@Command(
    name = "check",
    description = {
      "Checks ledgers of traffic against what the server knows: every acknowledged delivery is there"
          + " and handled as it has to be; every update's facts are in the log, once, in order; what"
          + " was told late counts as late; every work item's state, assignee and title follow from"
          + " what was told; nothing is there that nobody told; the log has no gap.",
      "",
      "Give all ledgers of the server's organizations together. The exit code is 3 when anything is"
          + " found."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign traffic check traffic-1.jsonl",
      "  countersign traffic check --json --patience 5m monday.jsonl tuesday.jsonl"
    })
final class TrafficCheckCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "LEDGER", arity = "1..*", description = "Ledgers that runs wrote.")
  private List<Path> ledgers = List.of();

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description =
          "How long to wait until everything acknowledged is handled and shown, and while the server"
              + " is away. Default: ${DEFAULT-VALUE}.",
      defaultValue = "60s",
      converter = Units.Time.class)
  private Duration patience = Duration.ofSeconds(60);

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TrafficCheckCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ledgers.stream()
        .filter(ledger -> !Files.isReadable(ledger))
        .forEach(
            ledger -> {
              throw new CommandFailed("cannot read the ledger " + ledger);
            });
    LedgerFindings found = check(server.access(), ledgers, patience);
    if (json) {
      out.println(TrafficReport.json(found).toPrettyString());
    } else {
      TrafficReport.print(found, out);
    }
    out.flush();
    return found.isClean() ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  static LedgerFindings check(ServerOptions.Access access, List<Path> ledgers, Duration patience)
      throws InterruptedException {
    try {
      return LedgerCheck.check(
          ledgers,
          access.url(),
          access.token(),
          patience,
          TrafficCommand.tls(access.url(), access.trust()));
    } catch (IllegalStateException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }
}
