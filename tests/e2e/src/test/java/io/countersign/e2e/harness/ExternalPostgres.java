package io.countersign.e2e.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own for the program to use by {@code --database-url}: durable as in
 * production ({@code fsync}, {@code full_page_writes}, {@code synchronous_commit} on, else its
 * defaults), on one port for its whole life. It can be stopped, killed with SIGKILL, reconfigured
 * and started again. All settings are in its files, so that {@code ALTER SYSTEM} wins over them.
 */
public final class ExternalPostgres implements AutoCloseable {

  /** Role, password and name of the program's database. */
  public static final String NAME = "countersign";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final Path binaries;
  private final int port;

  private ExternalPostgres(Path directory, Path binaries, int port) {
    this.directory = directory;
    this.binaries = binaries;
    this.port = port;
  }

  /**
   * Makes a cluster and starts it, with an empty database and role {@value #NAME}.
   *
   * @param directory does not exist yet, or is empty
   */
  public static ExternalPostgres start(Path directory) throws IOException, SQLException {
    var postgres =
        new ExternalPostgres(directory, initialized(directory), RunningServer.freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::killQuietly));
    Files.writeString(
        directory.resolve("postgresql.conf"),
        """

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        port = %d
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_connections = 150
        timezone = 'UTC'
        """
            .formatted(postgres.port),
        StandardOpenOption.APPEND);
    postgres.start();
    postgres.execute("create role %s login password '%s'".formatted(NAME, NAME));
    postgres.execute("create database %s owner %s".formatted(NAME, NAME));
    return postgres;
  }

  /** Lets the library unpack and initialize; gives the folder of its programs. */
  private static Path initialized(Path directory) throws IOException {
    Files.createDirectories(directory);
    EmbeddedPostgres first =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(PATIENCE)
            .setServerConfig("fsync", "on")
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return Path.of(postmaster(directory).orElseThrow().info().command().orElseThrow())
          .getParent();
    } finally {
      first.close();
    }
  }

  private static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
    Path pidFile = directory.resolve("postmaster.pid");
    return Files.exists(pidFile)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
        : Optional.empty();
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** JDBC URL of a database of this server. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Where its files are. */
  public Path directory() {
    return directory;
  }

  /** Starts what was stopped or killed; returns when it takes connections. */
  public void start() throws IOException {
    control("start", "-l", directory + ".log", "-w", "-t", Long.toString(PATIENCE.toSeconds()));
  }

  /** As {@code systemctl stop} does it: sessions are ended, everything is written. */
  public void stopFast() throws IOException {
    control("stop", "-m", "fast", "-w", "-t", Long.toString(PATIENCE.toSeconds()));
  }

  /** Stops and starts, for parameters that need it. */
  public void restart() throws IOException {
    stopFast();
    start();
  }

  /** SIGKILL to every process of the server. */
  public void killNine() throws IOException {
    List<ProcessHandle> all = processes();
    Signal.KILL.to(all);
    all.forEach(each -> each.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  /** The postmaster and its children; empty when it does not run. */
  public List<ProcessHandle> processes() throws IOException {
    return postmaster(directory).stream()
        .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
        .toList();
  }

  /** Sets a parameter for all sessions; takes effect with {@link #reload} or {@link #restart}. */
  public void set(String parameter, String value) throws SQLException {
    execute("alter system set %s = '%s'".formatted(parameter, value));
  }

  /** Takes {@link #set} back. */
  public void reset(String parameter) throws SQLException {
    execute("alter system reset " + parameter);
  }

  /** Reads the parameters again and waits until new sessions see one of them so. */
  public void reload(String parameter, String expected) throws Exception {
    execute("select pg_reload_conf()");
    Poll.until(
        Duration.ofSeconds(20), () -> text("postgres", "show " + parameter), expected::equals);
  }

  /** A session of the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(database) + "?loginTimeout=10&ApplicationName=e2e", "postgres", "postgres");
  }

  /** The first column of the first row, as the superuser sees it. */
  public String text(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** The same for a number. */
  public long number(String database, String sql) throws SQLException {
    return Long.parseLong(text(database, sql));
  }

  /** Runs a statement in the database {@code postgres}. */
  public void execute(String sql) throws SQLException {
    execute("postgres", sql);
  }

  /** Runs a statement as the superuser. */
  public void execute(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void control(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
    }
    command.addAll(
        List.of(binaries.resolve("pg_ctl").toString(), "-D", directory.toString(), "-s"));
    command.addAll(List.of(arguments));
    Path output = Path.of(directory + ".control");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit =
        process.onExit().orTimeout(PATIENCE.toSeconds() + 30, TimeUnit.SECONDS).join().exitValue();
    if (exit != 0) {
      throw new IOException(
          "pg_ctl %s: exit code %d: %s".formatted(arguments[0], exit, Files.readString(output)));
    }
  }

  private void killQuietly() {
    try {
      killNine();
    } catch (IOException | RuntimeException e) {
      System.err.println("PostgreSQL was not stopped: " + e.getMessage());
    }
  }

  /** Throws it away; its files go with the directory they are in. */
  @Override
  public void close() throws IOException {
    killNine();
  }
}
