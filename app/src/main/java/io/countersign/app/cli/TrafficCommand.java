package io.countersign.app.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code countersign traffic}: load that behaves like Azure DevOps, and proof of what came of it.
 */
@Command(
    name = "traffic",
    description = {
      "Sends a server what Azure DevOps would, keeps a ledger of what was acknowledged, and checks"
          + " the ledger against inbox, log and query API: missing, doubled, out of order, each with"
          + " its id.",
      "",
      "It writes to the server: point it at one that is yours to fill. Each seed is an organization"
          + " of its own."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TrafficRunCommand.class, TrafficCheckCommand.class})
final class TrafficCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  TrafficCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "run or check?");
  }

  /** TLS for a server; absent where it is not used or a known authority vouches. */
  static @Nullable SSLContext tls(URI server, @Nullable Path trust) {
    return trust == null || !"https".equals(server.getScheme())
        ? null
        : PinnedCertificate.context(trust);
  }
}
