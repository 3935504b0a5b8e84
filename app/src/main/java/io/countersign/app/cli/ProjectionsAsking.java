package io.countersign.app.cli;

import io.countersign.app.serve.Server;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command about projections: it can also be asked while no server runs. */
abstract class ProjectionsAsking extends ServerCommand {

  @Option(
      names = "--stopped",
      description =
          "No server runs on the data directory: start the part of one that does this, on this"
              + " machine only, for as long as it takes.")
  private boolean stopped;

  ProjectionsAsking() {}

  @Override
  public Integer call() {
    if (!stopped) {
      return super.call();
    }
    if (server.url != null) {
      throw new CommandFailed("--stopped goes with --data, not with --url");
    }
    if (!Files.isDirectory(server.data)) {
      throw new CommandFailed("there is no data directory %s (--data)".formatted(server.data));
    }
    try (Server _ = Server.start(options())) {
      return super.call();
    }
  }

  private Map<String, String> options() {
    var options = new LinkedHashMap<String, String>();
    options.put("countersign.roles", "query");
    options.put("countersign.data", server.data.toString());
    options.put("countersign.bind", "127.0.0.1");
    options.put("countersign.port", "0");
    options.put("spring.config.location", "classpath:/");
    return options;
  }
}
