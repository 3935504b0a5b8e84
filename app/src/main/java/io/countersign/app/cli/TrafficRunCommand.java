package io.countersign.app.cli;

import io.countersign.app.data.SecretFile;
import io.countersign.app.serve.StopSignals;
import io.countersign.sandbox.traffic.LedgerFindings;
import io.countersign.sandbox.traffic.Target;
import io.countersign.sandbox.traffic.TrafficPlan;
import io.countersign.sandbox.traffic.TrafficRun;
import io.countersign.sandbox.traffic.TrafficSummary;
import io.countersign.sandbox.traffic.VisibilityProbe;
import java.io.PrintWriter;
import java.net.URI;
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
import picocli.CommandLine.Spec;

/** {@code countersign traffic run}. */
@Command(
    name = "run",
    description = {
      "Sends notifications as Azure DevOps would: lives of work items with pushes, pull requests,"
          + " builds and releases around them, some of them twice, in the wrong order, late, or"
          + " unusable. The same seed sends the same bytes.",
      "",
      "It retries like the real sender: 408, 502, 503, 504 and no answer eight times with its pauses,"
          + " passed faster by --speed-up; Retry-After is not obeyed. Any other error would put the"
          + " subscription on probation, which loses events: that is a finding, exit code 3.",
      "",
      "The ledger notes each notification before it is sent and its outcome before the sender goes"
          + " on. Runs are appended; countersign traffic check reads it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign traffic run --data data --rate 200 --duration 30s --check",
      "  countersign traffic run --seed 7 --duration 10m --senders 64 --ledger load.jsonl",
      "  countersign traffic run --server http://a:8080 --server http://b:8080 --rate 500 --bad 10%%"
    })
final class TrafficRunCommand implements Callable<Integer> {

  private static final Duration TICK = Duration.ofSeconds(1);

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Where to send; given several times, they are taken in turn. Default: the server of --data"
              + " or --url.")
  private List<String> servers = List.of();

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "File with the webhook's secret. Default: webhook.secret in the data directory.")
  private @Nullable Path secretFile;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Where to note what was sent; appended to. Default: traffic-SEED.jsonl.")
  private @Nullable Path ledger;

  @Option(
      names = "--check",
      description = "Check the ledger afterwards, as countersign traffic check does.")
  private boolean check;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "Of --check. Default: ${DEFAULT-VALUE}.",
      defaultValue = "60s",
      converter = Units.Time.class)
  private Duration patience = Duration.ofSeconds(60);

  @Option(names = "--json", description = "Print the summary as JSON; progress is not shown.")
  private boolean json;

  TrafficRunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var commands = Objects.requireNonNull(spec).commandLine();
    ServerOptions.Access access = server.access();
    TrafficPlan plan = traffic.plan();
    Path path = ledger == null ? Path.of("traffic-" + plan.seed() + ".jsonl") : ledger;
    PrintWriter progress = json ? null : commands.getErr();
    TrafficReport report;
    try (TrafficRun run = TrafficRun.start(plan, target(access), path);
        VisibilityProbe probe =
            VisibilityProbe.start(
                run,
                access.url(),
                access.token(),
                TrafficCommand.tls(access.url(), access.trust()))) {
      TrafficSummary summary = watched(run, progress, access);
      report = new TrafficReport(plan, path, summary, probe);
    } catch (IllegalStateException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
    LedgerFindings found =
        check ? TrafficCheckCommand.check(access, List.of(path), patience) : null;
    report.print(found, json, commands.getOut());
    boolean clean = report.isClean() && (found == null || found.isClean());
    return clean ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  /** Until the plan is over, or somebody stops it: then what is open is brought to its end. */
  private static TrafficSummary watched(
      TrafficRun run, @Nullable PrintWriter out, ServerOptions.Access access)
      throws InterruptedException {
    var stop = StopSignals.install(() -> {});
    var line = new TrafficProgress(run, access);
    while (!run.isOver()) {
      if (stop.await(TICK)) {
        return run.stop();
      }
      if (out != null) {
        out.println(line.next());
        out.flush();
      }
    }
    return run.await();
  }

  private Target target(ServerOptions.Access access) {
    SecretFile file =
        secretFile == null ? server.directory().webhookSecret() : new SecretFile(secretFile);
    String secret =
        file.read()
            .orElseThrow(
                () ->
                    new CommandFailed(
                        "there is no webhook secret in %s: name a file with --secret-file"
                            .formatted(file.path())));
    List<URI> to =
        servers.isEmpty()
            ? List.of(access.url())
            : servers.stream().map(ServerOptions::address).toList();
    return new Target(to, secret, TrafficCommand.tls(to.getFirst(), access.trust()));
  }
}
