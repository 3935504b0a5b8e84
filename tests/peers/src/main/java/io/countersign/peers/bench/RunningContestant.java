package io.countersign.peers.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A contestant's process. */
final class RunningContestant implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);
  private static final String PEER_SECRET = "not-a-secret-on-a-throw-away-server";

  private final Process process;
  private final int port;
  private final String secret;
  private final Duration startUp;

  private RunningContestant(Process process, int port, String secret, Duration startUp) {
    this.process = process;
    this.port = port;
    this.secret = secret;
    this.startUp = startUp;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param root of the checkout
   * @param scratch folder for its files and output
   */
  static RunningContestant start(
      Contestant contestant, Path root, MeasuredPostgres postgres, Path scratch)
      throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createDirectories(scratch.resolve("data-" + contestant.database()));
    Files.writeString(data.resolve("database.password"), "postgres");
    Path log = scratch.resolve(contestant.database() + ".log");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                contestant.command(
                    root, data, port, postgres.url(contestant.database()), PEER_SECRET))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitReady(process, port, begin, log);
    Duration startUp = Duration.ofNanos(System.nanoTime() - begin);
    String secret =
        contestant == Contestant.COUNTERSIGN
            ? Files.readString(data.resolve("webhook.secret")).strip()
            : PEER_SECRET;
    return new RunningContestant(process, port, secret, startUp);
  }

  private static void awaitReady(Process process, int port, long begin, Path log)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health/ready".formatted(port)))
              .timeout(Duration.ofSeconds(20))
              .build();
      while (true) {
        if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
          process.destroyForcibly();
          throw new IllegalStateException("did not start\n" + Files.readString(log));
        }
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not listening yet
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String secret() {
    return secret;
  }

  /** From its start to its first answer that says it is ready. */
  Duration startUp() {
    return startUp;
  }

  /** Processor time so far. */
  Duration cpu() throws IOException {
    return Proc.cpu(process.pid());
  }

  /** Resident memory in megabytes. */
  long residentMegabytes() throws IOException {
    return Proc.residentMegabytes(process.pid());
  }

  /** As the power cut does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, 60, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
    process.onExit().join();
  }
}
