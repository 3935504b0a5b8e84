package io.countersign.benchmarks;

import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL of our own, durable as in production, that can be killed and started again. */
final class KillablePostgres implements AutoCloseable {

  private final Path directory;
  private EmbeddedPostgres server;

  private KillablePostgres(Path directory, EmbeddedPostgres server) {
    this.directory = directory;
    this.server = server;
  }

  /** Starts an empty one. */
  static KillablePostgres start(Path directory) throws IOException {
    var postgres = new KillablePostgres(directory, launch(directory, 0));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::killAtExit));
    return postgres;
  }

  /** Nothing of it outlives a measurement that was interrupted. */
  private void killAtExit() {
    try {
      killProcesses(directory);
    } catch (IOException e) {
      System.err.println("PostgreSQL was not stopped: " + e.getMessage());
    }
  }

  private static EmbeddedPostgres launch(Path directory, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(Duration.ofMinutes(2))
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF8")
        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A new database with an empty log. */
  DatabaseAddress newLog(String name) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    var address =
        new DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", "postgres");
    try (var pool = CounterNode.pool(address)) {
      Schema.EVENTLOG.migrate(pool);
    }
    return address;
  }

  /** Kills every process of the server with SIGKILL, then starts it again on the same files. */
  void killAndRestart() throws IOException {
    kill();
    server = launch(directory, server.getPort());
  }

  private void kill() throws IOException {
    killProcesses(directory);
    server.close(); // lets go of its lock on the directory
  }

  private static void killProcesses(Path directory) throws IOException {
    Path pidFile = directory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    List<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
            .toList();
    if (!all.isEmpty()) {
      Signal.KILL.to(all.toArray(ProcessHandle[]::new));
    }
    all.forEach(each -> each.onExit().join());
  }

  /** Throws it away. */
  @Override
  public void close() throws IOException {
    kill();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
