package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The long form, for {@code tests/e2e/fuzz}: bodies, seed. Exit code 0: all held. */
public final class FuzzCommand {

  private FuzzCommand() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int bodies = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Path scratch = Files.createTempDirectory("countersign-fuzz");
    var report = new Report(System.out);
    report.line("%,d malformed bodies, seed %d", bodies, seed);
    List<String> findings;
    try (Site site = Site.start(scratch, 1, Map.of())) {
      findings = FloodCheck.run(site, seed, bodies, 8, report);
    }
    report.finish();
    findings.stream().limit(50).forEach(finding -> report.line("FINDING %s", finding));
    report.line(findings.isEmpty() ? "all held" : "%d findings; %s", findings.size(), scratch);
    System.exit(findings.isEmpty() ? 0 : 1);
  }
}
