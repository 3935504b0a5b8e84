package io.countersign.peers.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code [--short] [--out DIR]}: event store and whole path, in one run on one PostgreSQL, one
 * table; with {@code --path} without the event store, with {@code --only} only those contestants.
 * Exit code 0: everything was measured and nothing acknowledged was missing.
 */
public final class Umbrella {

  private static final String STORE = "io.countersign.benchmarks.store.StoreBench";

  private final Arguments arguments;
  private final List<String> report = new ArrayList<>();

  private Umbrella(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    System.exit(new Umbrella(Arguments.of(args)).run());
  }

  private int run() throws Exception {
    Path out = arguments.out();
    Files.createDirectories(out);
    var results = new Results(out);
    long begin = System.nanoTime();
    Path scratch = Files.createTempDirectory("countersign-peers");
    int store = 0;
    report.addAll(Machine.describe(arguments));
    report.forEach(System.out::println);
    try (var postgres = MeasuredPostgres.start(scratch.resolve("postgres"))) {
      report.add(Sql.text(postgres, "select split_part(version(), ',', 1)") + ", fsync on");
      if (arguments.store()) {
        store = store(postgres, out);
      }
      new PathBench(arguments.plan(), arguments.root(), scratch, postgres, results).run();
    }
    report.add("");
    report.addAll(PathTable.lines(arguments.plan(), results.rows()));
    report.add("");
    report.addAll(results.violations());
    report.add(Machine.load() + "   minutes: " + (System.nanoTime() - begin) / 60_000_000_000L);
    boolean holds = store == 0 && results.violations().isEmpty();
    report.add(holds ? "HOLDS: nothing acknowledged is missing" : "DOES NOT HOLD");
    System.out.println();
    report.forEach(System.out::println);
    Files.write(out.resolve("table.txt"), report);
    return holds ? 0 : 1;
  }

  /** The event store's table, in a process of its own, so that nothing here is in its figures. */
  private int store(MeasuredPostgres postgres, Path out) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                STORE,
                "--postgres",
                postgres.url("postgres") + "?user=postgres&password=postgres",
                "--json",
                out.resolve("store.jsonl").toString()));
    if (arguments.plan().shortForm()) {
      command.add("--short");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println(line);
        lines.add(line);
      }
    }
    Files.write(out.resolve("store.txt"), lines);
    report.add("");
    report.add("(a) event store: commands of two events, closed loop");
    report.addAll(lines.subList(Math.max(0, lines.lastIndexOf("")), lines.size()));
    return process.waitFor();
  }
}
