package io.countersign.app.cli;

import io.countersign.app.cli.ProvenEntry.Refused;
import io.countersign.auditlog.note.KeyPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign audit check-proof}: a proof file, offline. */
@Command(
    name = "check-proof",
    description = {
      "Checks a C2SP tlog-proof offline: that its checkpoint is signed by the log's key, and that"
          + " its path leads from the entry to the signed root. The entry is the one in the file,"
          + " where countersign audit prove puts it, or the one given with --entry."
    },
    footerHeading = "%nExample:%n",
    footer = "  countersign audit check-proof entry-17.tlog-proof --vkey log.vkey")
final class AuditCheckProof implements Callable<Integer> {

  @Mixin private LogKeys keys = new LogKeys();

  @Parameters(paramLabel = "FILE", description = "The proof.")
  private Path file = Path.of("");

  @Option(
      names = "--entry",
      paramLabel = "FILE",
      description = "The bytes of the entry it should prove.")
  private @Nullable Path entry;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  AuditCheckProof() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    KeyPolicy log = keys.given();
    byte[] proof = read(file);
    byte[] given = entry == null ? null : read(entry);
    try {
      ProvenEntry proven = ProvenEntry.of(proof, given, log);
      print(commands.getOut(), proven);
      return CommandLineInterface.DONE;
    } catch (Refused e) {
      print(commands.getOut(), String.valueOf(e.getMessage()));
      return CommandLineInterface.FINDING;
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + file, e);
    }
  }

  private void print(PrintWriter out, ProvenEntry proven) {
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("proven", true);
      result.put("origin", proven.checkpoint().origin());
      result.put("index", proven.index());
      result.put("size", proven.checkpoint().size());
      result.put("root", proven.checkpoint().root().base64());
      EntryLines.put(result.putObject("entry"), proven.entry());
      out.println(result.toPrettyString());
    } else {
      EntryLines.print(out, proven.entry()).ifPresent(out::println);
      EntryLines.line(out, "origin", proven.checkpoint().origin());
      EntryLines.line(
          out,
          "verdict",
          "proven: entry %d of the %d under the checkpoint"
              .formatted(proven.index(), proven.checkpoint().size()));
    }
    out.flush();
  }

  private void print(PrintWriter out, String refusal) {
    if (json) {
      var result = ApiClient.JSON.createObjectNode();
      result.put("proven", false);
      result.putArray("problems").add(refusal);
      out.println(result.toPrettyString());
    } else {
      out.println(refusal);
      EntryLines.line(out, "verdict", "NOT PROVEN");
    }
    out.flush();
  }
}
