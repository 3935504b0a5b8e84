package io.countersign.peers.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code [--short] [--out DIR]}: the whole path beside its peers, on a PostgreSQL of its own. */
public final class PeersBench {

  private PeersBench() {}

  /** Runs it; exit code 1 when something acknowledged is missing. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Files.createDirectories(arguments.out());
    var results = new Results(arguments.out());
    Path scratch = Files.createTempDirectory("countersign-peers");
    try (var postgres = MeasuredPostgres.start(scratch.resolve("postgres"))) {
      new PathBench(arguments.plan(), arguments.root(), arguments.out(), postgres, results).run();
    }
    List<String> table = PathTable.lines(arguments.plan(), results.rows());
    System.out.println();
    table.forEach(System.out::println);
    Files.write(arguments.out().resolve("path.txt"), table);
    List<String> violations = results.violations();
    violations.forEach(System.out::println);
    System.exit(violations.isEmpty() ? 0 : 1);
  }
}
