package io.countersign.app.cli;

import io.countersign.app.cli.ProvenEntry.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign audit prove}: the proof of an entry as a file. */
@Command(
    name = "prove",
    description = {
      "Writes the proof that an entry is in the log: a C2SP tlog-proof with the entry itself as its"
          + " extra. It is checked before it is written. Whoever has the file and the log's key needs"
          + " nothing else: countersign audit check-proof.",
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign audit prove 17 -o entry-17.tlog-proof")
final class AuditProve implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private LogKeys keys = new LogKeys();

  @Parameters(paramLabel = "INDEX", description = "Index of the entry, from 0.")
  private long index;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it. Default: standard output.")
  private @Nullable Path output;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "Wait so long for it to be sealed, 0 to 10. Default: 2.")
  private int wait = 2;

  @Option(names = "--json", description = "Print JSON; needs --output.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditProve() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    if (json && output == null) {
      throw new ParameterException(commands, "--json needs --output: the proof itself is text");
    }
    try (var api = server.connect()) {
      ProvenEntry proven = ProvenEntry.fetch(api, index, wait, keys.orOf(api, commands.getErr()));
      write(commands.getOut(), proven);
      return CommandLineInterface.DONE;
    } catch (Refused e) {
      throw new CommandFailed(
          "the server's proof is refused, nothing is written: " + e.getMessage());
    }
  }

  private void write(PrintWriter out, ProvenEntry proven) {
    byte[] bytes = proven.file().bytes();
    if (output == null) {
      out.print(new String(bytes, StandardCharsets.UTF_8));
      out.flush();
      return;
    }
    try {
      Files.write(output, bytes);
    } catch (IOException e) {
      throw new CommandFailed("cannot write " + output, e);
    }
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("file", output.toString());
      result.put("origin", proven.checkpoint().origin());
      result.put("index", proven.index());
      result.put("size", proven.checkpoint().size());
      out.println(result.toPrettyString());
    } else {
      out.println(
          "%s: entry %d of %d".formatted(output, proven.index(), proven.checkpoint().size()));
    }
    out.flush();
  }
}
