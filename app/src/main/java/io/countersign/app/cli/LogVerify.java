package io.countersign.app.cli;

import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.LogRow;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code countersign log verify}: recomputes the chain over the stored bytes. */
@Command(
    name = "verify",
    description = {
      "Recomputes every entry's hash, the chain and each aggregate's sequence over the bytes as they"
          + " are stored, and compares payload, metadata and columns with what the entries vouch"
          + " for. Works while the server runs and while it is stopped; changes nothing.",
      "",
      "It does not see entries cut off at the end, nor a log rewritten as a whole: keep the printed"
          + " head somewhere else and give it with --expect-head."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  countersign log verify --data /var/lib/countersign",
      "  countersign log verify --expect-head 41:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    })
final class LogVerify implements Callable<Integer> {

  private static final long PROGRESS = 100_000;
  private static final int SHOWN = 100;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private DatabaseOptions database = new DatabaseOptions();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--expect-head",
      paramLabel = "INDEX:HASH",
      description = "Entry that has to be there with this hash, as printed before.")
  private @Nullable String expected;

  private long entries;
  private long found;
  private long lastIndex = -1;
  private byte[] lastHash = new byte[0];
  private boolean expectedSeen;

  LogVerify() {}

  @Override
  public Integer call() {
    if (expected != null && !expected.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
      throw new CommandFailed("--expect-head is INDEX:HASH, the hash in 64 hexadecimal digits");
    }
    var commands = Objects.requireNonNull(spec).commandLine();
    var findings = new ArrayList<Finding>();
    try (var running = database.openReadOnly(server.directory())) {
      var address = running.address();
      var reader =
          new JdbcLogReader(
              new DriverManagerDataSource(address.url(), address.user(), address.password()));
      ChainVerifier verifier =
          ChainVerifier.fromTheStart(
              finding -> {
                found++;
                if (findings.size() < SHOWN) {
                  findings.add(finding);
                }
              });
      reader.scan(0, entry -> verify(entry, verifier, commands.getErr()));
    }
    boolean missing = expected != null && !expectedSeen;
    boolean intact = found == 0 && !missing;
    if (json) {
      printJson(commands.getOut(), findings, missing, intact);
    } else {
      print(commands.getOut(), findings, missing, intact);
    }
    return intact ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  private void verify(StoredEntry entry, ChainVerifier verifier, PrintWriter progress) {
    verifier.accept(row(entry));
    entries++;
    lastIndex = entry.index();
    lastHash = entry.entryHash();
    expectedSeen |=
        expected != null && expected.equals(lastIndex + ":" + HexFormat.of().formatHex(lastHash));
    if (!json && entries % PROGRESS == 0) {
      progress.println("verified %,d entries ...".formatted(entries));
      progress.flush();
    }
  }

  private void print(PrintWriter out, List<Finding> findings, boolean missing, boolean intact) {
    for (Finding finding : findings) {
      out.println("entry %d: %s: %s".formatted(finding.index(), finding.code(), finding.words()));
    }
    if (found > findings.size()) {
      out.println("... and %,d findings more".formatted(found - findings.size()));
    }
    if (missing) {
      out.println("the expected head %s is not in this log".formatted(expected));
    }
    out.println("entries   " + entries);
    if (entries > 0) {
      out.println("head      %d:%s".formatted(lastIndex, HexFormat.of().formatHex(lastHash)));
    }
    out.println("verdict   " + (intact ? "verifies" : "DOES NOT VERIFY"));
    out.flush();
  }

  private void printJson(PrintWriter out, List<Finding> findings, boolean missing, boolean intact) {
    var result = ApiClient.JSON.createObjectNode();
    result.put("verifies", intact);
    result.put("entries", entries);
    if (entries > 0) {
      result.put("lastIndex", lastIndex);
      result.put("entryHash", HexFormat.of().formatHex(lastHash));
    }
    if (expected != null) {
      result.put("expectedHeadFound", !missing);
    }
    result.put("findingCount", found);
    var list = result.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("index", finding.index())
          .put("code", finding.code())
          .put("words", finding.words());
    }
    out.println(result.toPrettyString());
    out.flush();
  }

  private static LogRow row(StoredEntry entry) {
    return new LogRow(
        entry.index(),
        entry.entryHash(),
        entry.entry(),
        entry.payload(),
        entry.metadata(),
        new LogRow.Columns(
            entry.aggregateType(),
            entry.aggregateId(),
            entry.sequence(),
            entry.eventId(),
            entry.name(),
            entry.revision(),
            entry.occurredAt(),
            entry.recordedAt(),
            entry.actor(),
            entry.correlationId(),
            entry.causationId()));
  }
}
