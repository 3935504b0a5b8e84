package io.countersign.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.Sealer;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.read.JdbcLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * How fast the sealer works off what waits: reading rows, verifying entry, link and contents, tree,
 * tiles, flushes and signatures. It has to be faster than entries are appended.
 */
public final class SealThroughput {

  private SealThroughput() {}

  /** {@code [entries]}. */
  public static void main(String[] args) throws Exception {
    int entries = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
    Path folder = Files.createTempDirectory("seal-throughput");
    try (BenchPostgres postgres = BenchPostgres.start(null)) {
      DatabaseAddress address = postgres.newLog();
      System.out.println(postgres.describe() + ", fsync on");
      long start = System.nanoTime();
      new LogFill(address).to(entries);
      report("appending, 1,000 events a request", entries, start);
      seal(address, folder);
    } finally {
      remove(folder);
    }
    System.exit(0);
  }

  private static void seal(DatabaseAddress address, Path folder) throws Exception {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    try (var pool = new HikariDataSource(config)) {
      var signer =
          new NoteSigner(
              "example.com/log",
              SignatureType.ED25519,
              KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
              Clock.systemUTC());
      Sealer sealer =
          Sealer.resume(new JdbcLogReader(pool), new PublishedLog(folder), LogKeys.of(signer));
      long start = System.nanoTime();
      while (sealer.seal() > 0) {
        // a page and a checkpoint at a time
      }
      report("sealing", sealer.size(), start);
    }
  }

  private static void report(String what, long entries, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-36s %,10d entries  %8.2f s  %,10.0f/s%n", what, entries, seconds, entries / seconds);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
