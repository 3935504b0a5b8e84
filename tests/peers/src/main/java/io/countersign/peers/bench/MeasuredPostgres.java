package io.countersign.peers.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one PostgreSQL of a run: durable as in production, otherwise its defaults, and it stamps its
 * commits, which is how one can see afterwards when something became durable or visible.
 */
final class MeasuredPostgres implements AutoCloseable {

  private final Path directory;
  private final int port;
  private EmbeddedPostgres server;

  private MeasuredPostgres(Path directory, EmbeddedPostgres server) {
    this.directory = directory;
    this.server = server;
    this.port = server.getPort();
  }

  /** Starts an empty one. */
  static MeasuredPostgres start(Path directory) throws IOException {
    var postgres = new MeasuredPostgres(directory, launch(directory, 0));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::killAtExit));
    return postgres;
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
        .setServerConfig("track_commit_timestamp", "on")
        .setServerConfig("max_connections", "200")
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF8")
        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  int port() {
    return port;
  }

  /** JDBC URL of a database; user and password are {@code postgres}. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** An administrator's connection. */
  Connection connect(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  /** Makes an empty database and brings the server to rest. */
  void create(String database) throws SQLException {
    execute("create database " + database);
    execute("checkpoint");
  }

  void drop(String database) throws SQLException {
    execute("drop database if exists %s with (force)".formatted(database));
  }

  /** What autovacuum does within the first minutes of a database's life: statistics for plans. */
  void analyze(String database) throws SQLException {
    execute(database, "analyze");
  }

  private void execute(String sql) throws SQLException {
    execute("postgres", sql);
  }

  private void execute(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Bytes of WAL written so far. */
  long walBytes() throws SQLException {
    return Sql.number(this, "postgres", "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
  }

  /** Processor time of all its processes so far, those that ended included. */
  Duration cpu() throws IOException {
    return Proc.cpuOfFamily(postmaster());
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("postmaster.pid")).getFirst().strip());
  }

  /** Kills every process of the server with SIGKILL. */
  void kill() throws IOException {
    long pid = postmaster();
    List<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-KILL"));
    all.forEach(each -> command.add(Long.toString(each.pid())));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join();
    all.forEach(each -> each.onExit().join());
  }

  /** Starts it again after {@link #kill()}, on the same files and port. */
  void startAgain() throws IOException {
    server.close(); // lets go of its lock on the directory
    server = launch(directory, port);
  }

  private void killAtExit() {
    try {
      if (Files.exists(directory.resolve("postmaster.pid"))) {
        kill();
      }
    } catch (IOException e) {
      System.err.println("PostgreSQL was not stopped: " + e.getMessage());
    }
  }

  /** Throws it away. */
  @Override
  public void close() throws IOException {
    kill();
    server.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
