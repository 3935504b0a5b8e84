package io.countersign.app.cli;

import io.countersign.app.serve.Server;
import io.countersign.app.serve.StopSignals;
import io.countersign.app.settings.NodeRole;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countersign serve}. */
@Command(
    name = "serve",
    description = {
      "Starts the server and keeps it running until it is stopped (Ctrl-C or SIGTERM).",
      "",
      "Without --database-url it starts a PostgreSQL of its own, with its files in the data"
          + " directory. What was committed is there again at the next start.",
      "",
      "Each option can also be set in the environment (COUNTERSIGN_DATA, COUNTERSIGN_PORT, ...) or"
          + " in the file given with --config; the option wins over the environment, the"
          + " environment over the file."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign serve",
      "  countersign serve --data /var/lib/countersign --port 8080",
      "  countersign serve --bind 0.0.0.0 --port 8443 --tls-cert cert.pem --tls-key key.pem",
      "  countersign serve --role query --database-url jdbc:postgresql://db:5432/countersign"
          + " --database-user countersign --database-password-file /run/secrets/db"
    })
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--role",
      split = ",",
      paramLabel = "ROLE",
      description =
          "What this node does: all, command, query, audit. Repeat for several. Default: all.")
  private @Nullable List<NodeRole> roles;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory: embedded database, tokens, secrets. Default: ./data.")
  private @Nullable Path data;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: 127.0.0.1, this machine only.")
  private @Nullable String bind;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port; 0: a free one. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM file with the certificate chain. Needs --tls-key.")
  private @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file with the private key (PKCS#8). Needs --tls-cert.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "Use this PostgreSQL: jdbc:postgresql://host:port/database.")
  private @Nullable String databaseUrl;

  @Option(names = "--database-user", paramLabel = "NAME", description = "Role in that database.")
  private @Nullable String databaseUser;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "File with the password of that role.")
  private @Nullable Path databasePasswordFile;

  @Option(
      names = "--event-store",
      paramLabel = "KIND",
      description = "Where events are stored: postgresql or axon-server. Default: postgresql.")
  private @Nullable String eventStore;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "File with further settings (YAML or properties).",
      defaultValue = "${env:COUNTERSIGN_CONFIG}")
  private @Nullable Path config;

  @Spec private @Nullable CommandSpec spec;

  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    var stop = StopSignals.install(() -> sayStopping(out));
    try (Server server = Server.start(options())) {
      if (!stop.isAsked()) {
        out.println(server.banner());
        out.flush();
      }
      stop.await();
    }
    return CommandLineInterface.DONE;
  }

  static void sayStopping(PrintWriter out) {
    out.println("stopping: finishing what is in flight (again: stop at once)");
    out.flush();
  }

  Map<String, String> options() {
    var options = new LinkedHashMap<String, String>();
    put(
        options,
        "countersign.roles",
        roles == null ? null : roles.stream().map(NodeRole::word).collect(Collectors.joining(",")));
    put(options, "countersign.data", data);
    put(options, "countersign.bind", bind);
    put(options, "countersign.port", port);
    put(options, "countersign.tls.cert", absolute(tlsCert));
    put(options, "countersign.tls.key", absolute(tlsKey));
    put(options, "countersign.database.url", databaseUrl);
    put(options, "countersign.database.user", databaseUser);
    put(options, "countersign.database.password-file", absolute(databasePasswordFile));
    put(options, "countersign.event-store", eventStore);
    String locations = "classpath:/";
    if (config != null) {
      if (!Files.isReadable(config)) {
        throw new CommandFailed("cannot read the configuration file " + config);
      }
      locations += ",file:" + config.toAbsolutePath();
    }
    options.put("spring.config.location", locations);
    return options;
  }

  private static void put(Map<String, String> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value.toString());
    }
  }

  private static @Nullable Path absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath();
  }
}
