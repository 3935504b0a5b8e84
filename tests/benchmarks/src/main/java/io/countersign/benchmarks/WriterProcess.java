package io.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link LogWriter} in a JVM of its own. */
final class WriterProcess implements AutoCloseable {

  private final LogWriter.Orders orders;
  private final LedgerTail tail;
  private Process process;

  WriterProcess(LogWriter.Orders orders) throws IOException {
    this.orders = orders;
    this.tail = new LedgerTail(orders.ledger());
    this.process = start(orders);
  }

  private static Process start(LogWriter.Orders orders) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LogWriter.class.getName()));
    command.addAll(List.of(orders.words()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(errors(orders).toFile()))
        .start();
  }

  private static Path errors(LogWriter.Orders orders) {
    return orders.ledger().resolveSibling("writer-" + orders.writer() + ".err");
  }

  /** What it was promised. */
  LedgerTail tail() {
    return tail;
  }

  Path ledger() {
    return orders.ledger();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, then another process with the same orders. */
  void killAndRestart() throws IOException, InterruptedException {
    Signal.KILL.to(process.toHandle());
    process.waitFor();
    process = start(orders);
  }

  /** SIGSTOP: it stands still in the middle of whatever it does. */
  void stop() throws IOException {
    Signal.STOP.to(process.toHandle());
  }

  /** SIGCONT. */
  void goOn() throws IOException {
    Signal.CONT.to(process.toHandle());
  }

  /**
   * Lets it finish what it has begun.
   *
   * @return its exit code, -1 when it did not end in time
   */
  int finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor(90, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
