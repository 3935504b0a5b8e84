package io.countersign.benchmarks.store;

import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own limit: its C client inserts the same rows, two a transaction, prepared. */
final class Pgbench implements Competitor {

  private final BenchPostgres postgres;
  private final Path program;

  private Pgbench(BenchPostgres postgres, Path program) {
    this.postgres = postgres;
    this.program = program;
  }

  /** The one on the path or where Debian keeps it; empty when there is none. */
  static Optional<Competitor> find(BenchPostgres postgres) throws IOException {
    var folders = new ArrayList<Path>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      folders.add(Path.of(folder));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.reverseOrder())
            .forEach(version -> folders.add(version.resolve("bin")));
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve("pgbench"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Pgbench(postgres, program));
  }

  @Override
  public String name() {
    return "pgbench";
  }

  @Override
  public String about() {
    return "C client, two ready made rows, one prepared statement, autocommit, a connection each";
  }

  @Override
  public Measured measure(int writers, Duration warmUp, Duration time, Duration openLoop)
      throws Exception {
    DatabaseAddress address = postgres.newLog();
    Path directory = Files.createTempDirectory("countersign-pgbench");
    try {
      try (Connection connection =
              DriverManager.getConnection(address.url(), address.user(), address.password());
          var statement = connection.createStatement()) {
        statement.execute(BenchRows.TABLE);
      }
      Path script = Files.writeString(directory.resolve("insert.sql"), script());
      run(address, directory, script, writers, warmUp, 0, 0);
      Meter meter = Meter.start(postgres);
      Histogram closed = run(address, directory, script, writers, time, 0, 1);
      Meter.Used used = meter.used();
      double count = closed.getTotalCount();
      double perSecond = count / (time.toNanos() / 1e9);
      @Nullable Histogram open =
          openLoop.isPositive()
              ? run(address, directory, script, writers, openLoop, perSecond / 2, 2)
              : null;
      return new Measured(
          perSecond,
          closed,
          open,
          used.clientMillis() / count,
          used.serverMillis().isPresent()
              ? OptionalDouble.of(used.serverMillis().getAsDouble() / count)
              : OptionalDouble.empty(),
          used.walBytes() / count,
          1);
    } finally {
      postgres.drop(address);
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Rounds time up to whole seconds: pgbench takes no others. */
  private Histogram run(
      DatabaseAddress address,
      Path directory,
      Path script,
      int writers,
      Duration time,
      double rate,
      int number)
      throws IOException, InterruptedException {
    long seconds = Math.max(1, (time.toMillis() + 999) / 1_000);
    var words =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(writers),
                "-j",
                Integer.toString(Math.min(writers, 2)),
                "-T",
                Long.toString(seconds),
                "-D",
                "run=" + number,
                "-D",
                "turn=0",
                "-f",
                script.toString(),
                "-l",
                "--log-prefix",
                directory.resolve("log" + number).toString(),
                "-h",
                postgres.host(),
                "-p",
                Integer.toString(postgres.port()),
                "-U",
                address.user()));
    if (rate > 0) {
      words.addAll(List.of("-R", Double.toString(rate)));
    }
    words.add(address.url().substring(address.url().lastIndexOf('/') + 1));
    Path output = directory.resolve("output");
    var builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PGPASSWORD", address.password());
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException("pgbench failed: " + Files.readString(output));
    }
    return latencies(directory, "log" + number, time);
  }

  /** Third column of its log: microseconds of the transaction, from when it was due with a rate. */
  private static Histogram latencies(Path directory, String prefix, Duration time)
      throws IOException {
    Histogram micros = Measured.histogram();
    double share = Math.min(1, time.toNanos() / 1e9 / Math.max(1, (time.toMillis() + 999) / 1_000));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith(prefix)).toList()) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        lines.stream()
            .limit((long) (lines.size() * share))
            .forEach(line -> micros.recordValue(Long.parseLong(line.split(" ", 4)[2])));
      }
    }
    return micros;
  }

  private static String script() {
    List<BenchRows.Row> rows = BenchRows.Row.typical();
    return """
    \\set sequence :turn * 2
    insert into bench_entry (entry_hash, entry, aggregate_type, aggregate_id, sequence, event_id, \
    name, revision, occurred_at, recorded_at, actor, correlation_id, causation_id, payload, \
    metadata) values %s, %s;
    \\set turn :turn + 1
    """
        .formatted(values(rows.get(0), 0), values(rows.get(1), 1));
  }

  private static String values(BenchRows.Row row, int offset) {
    String delivery = BenchRows.eventId().toString();
    return """
    ('\\x%s'::bytea, '\\x%s'::bytea, 'WorkItem', \
    'workitem.fabrikam.' || :client_id::int || '.' || :run::int, :sequence::bigint + %d, \
    gen_random_uuid(), '%s', '1', clock_timestamp(), clock_timestamp(), 'source:azure-devops', \
    '%s', '%s', '\\x%s'::bytea, '\\x%s'::bytea)"""
        .formatted(
            hex(BenchRows.hash()),
            hex(BenchRows.entry()),
            offset,
            row.name(),
            delivery,
            delivery,
            hex(row.payload()),
            hex(row.metadata()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
