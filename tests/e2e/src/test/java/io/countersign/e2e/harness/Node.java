package io.countersign.e2e.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link Site}: a data directory and a port that stay, and a process that comes and
 * goes.
 */
public final class Node implements AutoCloseable {

  private final String name;
  private final Path data;
  private final Path logs;
  private final int port;
  private final List<String> options;
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private int starts;
  private @Nullable RunningServer server;

  Node(String name, Path scratch, List<String> options) throws java.io.IOException {
    this.name = name;
    this.data = scratch.resolve(name);
    this.logs = scratch;
    this.port = RunningServer.freePort();
    this.options = List.copyOf(options);
  }

  /** For people. */
  public String name() {
    return name;
  }

  /** Its data directory. */
  public Path data() {
    return data;
  }

  /** Starts it, on the same port each time; gives the time until it was ready. */
  public Duration start() throws Exception {
    long start = System.nanoTime();
    launch();
    server().awaitReady();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Starts it and does not wait. */
  public void launch() throws Exception {
    Path log = logs.resolve("%s-%d.txt".formatted(name, ++starts));
    server = RunningServer.launch(Program.unpacked(), data, log, port, options, environment);
  }

  /** Variables of its environment, beside ours; what is put here counts from the next start on. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Its process as it was started last. */
  public RunningServer server() {
    if (server == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return server;
  }

  /** How it is started, after {@code serve --data ... --port ...}. */
  List<String> options() {
    return options;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
