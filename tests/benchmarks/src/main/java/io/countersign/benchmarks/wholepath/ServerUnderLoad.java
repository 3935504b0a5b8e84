package io.countersign.benchmarks.wholepath;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./countersign serve} as a user starts it, with its embedded PostgreSQL, on a throw-away
 * data directory; and what /proc and the database tell about it. With {@code -Dkeep=true} the
 * directory stays, with {@code -Ddata=DIR} such a one is gone on with.
 */
final class ServerUnderLoad implements AutoCloseable {

  private static final long START_SECONDS = 600;
  private static final double TICK_MILLIS = 10;

  final int port;
  private final Path data;
  private final Process process;

  private ServerUnderLoad(int port, Path data, Process process) {
    this.port = port;
    this.data = data;
    this.process = process;
  }

  /** Starts it and waits until the port answers. */
  static ServerUnderLoad start() throws Exception {
    return start(Map.of());
  }

  /**
   * Starts it and waits until the port answers.
   *
   * @param environment further variables
   */
  static ServerUnderLoad start(Map<String, String> environment) throws Exception {
    String existing = System.getProperty("data");
    Path data =
        existing == null
            ? Files.createTempDirectory("countersign-whole-path")
            : Path.of(existing).toAbsolutePath();
    Files.deleteIfExists(data.resolve("server.json"));
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path launcher = Path.of(System.getProperty("countersign.launcher", "./countersign"));
    var builder =
        new ProcessBuilder(
            launcher.toAbsolutePath().toString(),
            "serve",
            "--data",
            data.toString(),
            "--port",
            Integer.toString(port));
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("output.log").toFile())
            .start();
    var server = new ServerUnderLoad(port, data, process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(data.resolve("server.json")) || !server.answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String output = Files.readString(data.resolve("output.log"));
        server.close();
        throw new IllegalStateException("the server did not start\n" + output);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return server;
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  String webhookSecret() throws IOException {
    return Files.readString(data.resolve("webhook.secret")).strip();
  }

  String operatorToken() throws IOException {
    return Files.readString(data.resolve("operator.token")).strip();
  }

  /** What is sealed, as files. */
  Path published() {
    return data.resolve("audit/log");
  }

  Path output() {
    return data.resolve("output.log");
  }

  Path databaseLogs() {
    return data.resolve("postgres/log");
  }

  /** As the program itself. */
  Connection database() throws SQLException, IOException {
    return connect("countersign", "countersign");
  }

  /** As the superuser. */
  Connection superuser() throws SQLException, IOException {
    return connect("postgres", "postgres");
  }

  private Connection connect(String database, String user) throws SQLException, IOException {
    String url =
        "jdbc:postgresql://127.0.0.1:%s/%s"
            .formatted(Files.readString(data.resolve("postgres.port")).strip(), database);
    return DriverManager.getConnection(
        url, user, Files.readString(data.resolve("postgres.password")).strip());
  }

  /** CPU time used so far, in milliseconds. */
  record Cpu(double jvm, double postgres) {

    Cpu minus(Cpu before) {
      return new Cpu(jvm - before.jvm, postgres - before.postgres);
    }
  }

  Cpu cpu() throws IOException {
    long postmaster =
        Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    double postgres = ticks(postmaster, true);
    for (var child : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
      postgres += ticks(child.pid(), false);
    }
    return new Cpu(ticks(process.pid(), false), postgres);
  }

  private static double ticks(long pid, boolean withEndedChildren) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      if (withEndedChildren) {
        ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
      }
      return ticks * TICK_MILLIS;
    } catch (IOException e) {
      return 0; // ended meanwhile: counted by its parent
    }
  }

  /** Resident memory of the JVM, in MB; highest so far or now. */
  long residentMegabytes(boolean highest) throws IOException {
    String key = highest ? "VmHWM:" : "VmRSS:";
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length()).replace("kB", "").strip()) >> 10;
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!Boolean.getBoolean("keep") && System.getProperty("data") == null) {
      try (var files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
