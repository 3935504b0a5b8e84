package io.countersign.app.cli;

import io.countersign.audit.verify.LogVerification;
import io.countersign.audit.verify.Progress;
import io.countersign.audit.verify.Report;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  LogVerify() {}

  @Override
  public Integer call() {
    var commands = Objects.requireNonNull(spec).commandLine();
    if (expected != null && !expected.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
      throw new ParameterException(
          commands, "--expect-head is INDEX:HASH, the hash in 64 hexadecimal digits");
    }
    Report report;
    boolean missing;
    try (var running = database.openReadOnly(server.directory())) {
      var address = running.address();
      var reader =
          new JdbcLogReader(
              new DriverManagerDataSource(address.url(), address.user(), address.password()));
      report = LogVerification.run(reader, json ? Progress.SILENT : told(commands.getErr()));
      missing = expected != null && !holds(reader, expected);
    }
    if (json) {
      printJson(commands.getOut(), report, missing);
    } else {
      print(commands.getOut(), report, missing);
    }
    return report.isClean() && !missing ? CommandLineInterface.DONE : CommandLineInterface.FINDING;
  }

  private static Progress told(PrintWriter out) {
    return (entries, findings) -> {
      if (entries > 0 && entries % PROGRESS == 0) {
        out.println("verified %,d entries, %,d findings ...".formatted(entries, findings));
        out.flush();
      }
    };
  }

  private static boolean holds(JdbcLogReader reader, String head) {
    int colon = head.indexOf(':');
    return reader
        .entry(Long.parseLong(head.substring(0, colon)))
        .filter(
            entry -> HexFormat.of().formatHex(entry.entryHash()).equals(head.substring(colon + 1)))
        .isPresent();
  }

  private void print(PrintWriter out, Report report, boolean missing) {
    FindingLines.print(out, report.findings(), report.findingCount());
    if (missing) {
      out.println("the expected head %s is not in this log".formatted(expected));
    }
    out.println("entries   " + report.entries());
    report
        .lastHash()
        .ifPresent(
            hash ->
                out.println(
                    "head      %d:%s".formatted(report.lastIndex().orElseThrow(), hash.hex())));
    out.println("verdict   " + (report.isClean() && !missing ? "verifies" : "DOES NOT VERIFY"));
    out.flush();
  }

  private void printJson(PrintWriter out, Report report, boolean missing) {
    var result = ApiClient.JSON.createObjectNode();
    result.put("verifies", report.isClean() && !missing);
    result.put("entries", report.entries());
    report.lastIndex().ifPresent(index -> result.put("lastIndex", index));
    report.lastHash().ifPresent(hash -> result.put("entryHash", hash.hex()));
    if (expected != null) {
      result.put("expectedHeadFound", !missing);
    }
    FindingLines.put(result, report.findings(), report.findingCount());
    out.println(result.toPrettyString());
    out.flush();
  }
}
