package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.data.SecretFile;
import io.countersign.app.serve.Server;
import io.countersign.app.serve.StopSignals;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import io.countersign.sandbox.demo.DemoStory;
import io.countersign.sandbox.demo.StoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
      "Starts everything on a throw-away data directory: PostgreSQL, Countersign, and an Azure DevOps"
          + " of the sandbox. Then it plays a story on both: a work item goes from New to Done through"
          + " every gate; another one is moved past its gate on the board, and a human is called; one"
          + " passes by an override of two people; one is moved by both sides; a lost hook is found."
          + " In the end the log is verified. What is printed is what the program answered.",
      "",
      "It keeps running until it is stopped (Ctrl-C), and says what to look at and to try; then its"
          + " data directory is deleted. Nothing outside this machine is called."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the story came out as it has to, and the log verifies",
      "1:it did not, or could not be played; one line on standard error says why",
      "2:the command line is not valid"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign demo",
      "  countersign demo --port 8080 --azure-devops-port 4100",
      "  countersign demo --once"
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port; 0, the default: a free one.",
      defaultValue = "0")
  private int port;

  @Option(
      names = "--azure-devops-port",
      paramLabel = "N",
      description = "Port of the sandbox's Azure DevOps; 0, the default: a free one.",
      defaultValue = "0")
  private int azureDevOpsPort;

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

  /** Who plays the story; nobody before and after it. */
  private @Nullable Thread player;

  DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var stop = StopSignals.install(() -> stopping(out));
    try (var house = DemoHouse.make();
        var azureDevOps = azureDevOps()) {
      out.println("Starting PostgreSQL, Countersign and an Azure DevOps of the sandbox ...");
      out.flush();
      try (Server server = Server.start(house.options(port, azureDevOps))) {
        if (stop.isAsked()) {
          return CommandLineInterface.DONE;
        }
        out.println(server.banner());
        play(house.data(), azureDevOps, URI.create(server.url()), out);
        if (traffic != null && !stop.isAsked()) {
          DemoTraffic.play(traffic, URI.create(server.url()), house.data(), out);
        }
        if (!once) {
          out.println("Ctrl-C stops all of it and deletes " + house.data().path());
          out.flush();
          stop.await();
        }
      }
    }
    return CommandLineInterface.DONE;
  }

  private AzureDevOpsSandbox azureDevOps() {
    try {
      return AzureDevOpsSandbox.start(
          SandboxSettings.defaults().at("127.0.0.1", azureDevOpsPort).fasterBy(10));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private void play(
      DataDirectory data, AzureDevOpsSandbox azureDevOps, URI server, PrintWriter out) {
    DemoStory.Told told = tell(data, azureDevOps, server, out);
    verify(data.audit().resolve("log"), data, out);
    Path tokens = data.path().resolve("tokens");
    keep(told, tokens);
    if (!once) {
      DemoNext.tell(told, data.path(), server, azureDevOps, out);
    }
  }

  private DemoStory.Told tell(
      DataDirectory data, AzureDevOpsSandbox azureDevOps, URI server, PrintWriter out) {
    playedBy(Thread.currentThread());
    try {
      return DemoStory.play(
          azureDevOps,
          server,
          data.webhookSecret().readOrCreate(),
          data.operatorToken().readOrCreate(),
          out);
    } catch (StoryException e) {
      throw new CommandFailed("the story did not come out: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new CommandFailed("stopped before the story was over", e);
    } finally {
      playedBy(null);
    }
  }

  /** Nobody has to wait for the end of the story. Only the story is interrupted. */
  private synchronized void stopping(PrintWriter out) {
    ServeCommand.sayStopping(out);
    if (player != null) {
      player.interrupt();
    }
  }

  private synchronized void playedBy(@Nullable Thread thread) {
    player = thread;
    if (thread == null) {
      Thread.interrupted(); // one that came after the last wait of the story
    }
  }

  /** The command itself, so that nobody has to believe a sentence about it. */
  private static void verify(Path published, DataDirectory data, PrintWriter out) {
    String[] command = {
      "audit",
      "verify",
      "--database",
      "--data",
      data.path().toString(),
      "--vkey",
      published.resolve("keys").toString()
    };
    out.println("$ ./countersign " + String.join(" ", command));
    int code = CommandLineInterface.run(out, out, command);
    if (code != CommandLineInterface.DONE) {
      throw new CommandFailed("the log does not verify (exit code %d)".formatted(code));
    }
  }

  /** So that commands can be tried as somebody of the story. */
  private static void keep(DemoStory.Told told, Path tokens) {
    try {
      Files.createDirectory(tokens);
    } catch (IOException e) {
      throw new CommandFailed("cannot make the directory " + tokens, e);
    }
    told.tokens().forEach((name, token) -> new SecretFile(tokens.resolve(name)).write(token));
  }
}
