package io.countersign.e2e;

import io.countersign.e2e.crash.FlushProof;
import io.countersign.e2e.crash.FrozenNode;
import io.countersign.e2e.crash.KilledProgram;
import io.countersign.e2e.crash.LostDatabase;
import io.countersign.e2e.crash.MissingStandby;
import io.countersign.e2e.faults.LineAndDisk;
import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.LongForm;
import io.countersign.e2e.harness.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The long form of the faults; started by {@code tests/e2e/run-faults}. */
public final class Faults {

  /** A fault, the part it belongs to, and how often it is made unless the command line says. */
  private record Entry(String part, Fault fault, int rounds, Duration phase, Duration outage) {}

  private static final List<Entry> ALL =
      Stream.concat(
              crash().stream(),
              LineAndDisk.ALL.stream()
                  .map(
                      one ->
                          new Entry(
                              one.part(), one.fault(), one.rounds(), one.phase(), one.outage())))
          .toList();

  private static List<Entry> crash() {
    return List.of(
        new Entry("crash", new KilledProgram(1), 60, Duration.ofSeconds(3), Duration.ZERO),
        new Entry("crash", new KilledProgram(2), 60, Duration.ofSeconds(3), Duration.ZERO),
        new Entry("crash", new LostDatabase(2), 8, Duration.ofSeconds(3), Duration.ofSeconds(20)),
        new Entry("crash", new FlushProof(1), 200, Duration.ZERO, Duration.ZERO),
        new Entry("crash", new FrozenNode(), 6, Duration.ofSeconds(3), Duration.ofSeconds(40)),
        new Entry(
            "crash", new MissingStandby(2), 6, Duration.ofSeconds(3), Duration.ofSeconds(25)));
  }

  private Faults() {}

  /** Names of faults or parts, {@code all}; {@code --kills N}, {@code --seed N}, ... */
  public static void main(String[] arguments) throws IOException {
    List<String> names = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
        options.put(arguments[i].substring(2), arguments[++i]);
      } else {
        names.add(arguments[i]);
      }
    }
    List<Entry> chosen =
        ALL.stream()
            .filter(
                entry ->
                    names.contains("all")
                        || names.contains(entry.part())
                        || names.contains(entry.fault().name()))
            .toList();
    if (chosen.isEmpty()) {
      System.err.println("no such fault: " + names);
      System.exit(2);
    }
    int failed = 0;
    var report = new Report(System.out);
    for (Entry entry : chosen) {
      failed += run(entry, options, report) ? 0 : 1;
    }
    report.line("everything held after %d of %d faults", chosen.size() - failed, chosen.size());
    System.exit(failed == 0 ? 0 : 1);
  }

  private static boolean run(Entry entry, Map<String, String> options, Report report)
      throws IOException {
    var effort =
        new Effort(
            Long.parseLong(options.getOrDefault("seed", "1")),
            Integer.parseInt(
                options.getOrDefault(
                    "rounds",
                    entry.fault() instanceof KilledProgram
                        ? options.getOrDefault("kills", "" + entry.rounds())
                        : "" + entry.rounds())),
            entry.phase(),
            entry.outage(),
            Duration.ofSeconds(Long.parseLong(options.getOrDefault("quiet", "60"))));
    Path scratch = Files.createTempDirectory("countersign-faults");
    boolean held = LongForm.run(entry.fault(), effort, scratch.resolve("site"), report);
    if (held) {
      delete(scratch);
    } else {
      report.line("its files stay in %s", scratch);
    }
    return held;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
