package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.serve.Server;
import io.countersign.app.serve.StopSignals;
import io.countersign.sandbox.DemoStory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countersign demo}. */
@Command(
    name = "demo",
    description = {
      "Starts everything on a throw-away data directory, plays a small story through the real HTTP"
          + " endpoints (two work items, one broken rule, one late update, one delivery twice) and"
          + " says where to look.",
      "",
      "It is a whole server, with a PostgreSQL of its own. It keeps running until it is stopped"
          + " (Ctrl-C); then its data directory is deleted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign demo",
      "  countersign demo --port 8080 --traffic 1m",
      "  countersign demo --once"
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port; 0, the default: a free one.",
      defaultValue = "0")
  private int port;

  @Option(names = "--once", description = "Stop as soon as the story was told.")
  private boolean once;

  @Option(
      names = "--traffic",
      paramLabel = "TIME",
      description =
          "After the story, realistic traffic for so long, as fast as it is taken; for example 30s.",
      converter = Units.Time.class)
  private @Nullable Duration traffic;

  @Spec private @Nullable CommandSpec spec;

  DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path directory = throwAwayDirectory();
    var stop = StopSignals.install(() -> ServeCommand.sayStopping(out));
    out.println("Starting PostgreSQL and Countersign on " + directory + " ...");
    out.flush();
    try {
      try (Server server = Server.start(options(directory))) {
        if (stop.isAsked()) {
          return CommandLineInterface.DONE;
        }
        out.println(server.banner());
        var data = new DataDirectory(directory);
        DemoStory.play(
            URI.create(server.url()),
            data.webhookSecret().readOrCreate(),
            data.operatorToken().readOrCreate(),
            out);
        if (traffic != null && !stop.isAsked()) {
          DemoTraffic.play(traffic, URI.create(server.url()), data, out);
        }
        if (!once) {
          DemoStory.tryNext(URI.create(server.url()), directory.toString(), out);
          out.println("The server keeps running. Ctrl-C stops it and deletes " + directory);
          out.flush();
          stop.await();
        }
      }
    } finally {
      delete(directory);
    }
    return CommandLineInterface.DONE;
  }

  private Map<String, String> options(Path directory) {
    var options = new LinkedHashMap<String, String>();
    options.put("countersign.data", directory.toString());
    options.put("countersign.port", Integer.toString(port));
    options.put("countersign.bind", "127.0.0.1");
    options.put("spring.config.location", "classpath:/");
    return options;
  }

  private static Path throwAwayDirectory() {
    try {
      return Files.createTempDirectory("countersign-demo-");
    } catch (IOException e) {
      throw new CommandFailed("cannot create a directory for temporary files");
    }
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the data directory of the demo", e);
    }
  }
}
