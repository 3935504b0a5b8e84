package io.countersign.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code ./countersign serve} as a user starts it, timed from the start of its process. */
final class PackagedServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SENDERS = 8;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Process process;
  private final Path data;
  private final URI url;
  private final Path log;
  private final String example;
  private final long readyMillis;
  private final Duration readyCpu;
  private final long acceptedMillis;

  private PackagedServer(Path root, Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    this.data = data;
    this.log = data.resolveSibling(data.getFileName() + ".log");
    this.example = Files.readString(root.resolve("docs/examples/workitem.created.json"));
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    this.url = URI.create("http://127.0.0.1:" + port);
    var builder =
        new ProcessBuilder(
            root.resolve("countersign").toString(),
            "serve",
            "--data",
            data.toString(),
            "--port",
            Integer.toString(port));
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    this.process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAtExit));
    try {
      awaitReady();
      this.readyMillis = millisSince(began);
      this.readyCpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
      if (deliver(UUID.randomUUID(), 1) != 202) {
        throw new IllegalStateException("the first delivery was not accepted");
      }
      this.acceptedMillis = millisSince(began);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static PackagedServer start(Path root, Path data, Map<String, String> environment)
      throws IOException, InterruptedException {
    return new PackagedServer(root, data, environment);
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var ask = HttpRequest.newBuilder(url.resolve("/health/ready")).build();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (http.send(ask, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // the port is not open yet
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IllegalStateException("it did not start:\n" + Files.readString(log));
  }

  long readyMillis() {
    return readyMillis;
  }

  Duration readyCpu() {
    return readyCpu;
  }

  long acceptedMillis() {
    return acceptedMillis;
  }

  ProcessHandle jvm() {
    return process.toHandle();
  }

  /** The embedded PostgreSQL; nothing with an external one. */
  List<ProcessHandle> postgres() throws IOException {
    return Footprint.postgres(data.resolve("postgres"));
  }

  /** Sends so many deliveries, each about another work item, and waits until all are handled. */
  void load(int deliveries) throws IOException, InterruptedException {
    var next = new AtomicInteger(1);
    var refused = new AtomicInteger();
    try (var senders = Executors.newFixedThreadPool(SENDERS)) {
      for (int i = 0; i < SENDERS; i++) {
        senders.execute(
            () -> {
              for (int n = next.incrementAndGet(); n <= deliveries; n = next.incrementAndGet()) {
                try {
                  int status = deliver(UUID.randomUUID(), n);
                  if (status != 202) {
                    refused.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  return;
                }
              }
            });
      }
    }
    if (refused.get() > 0) {
      throw new IllegalStateException(refused + " deliveries were refused");
    }
    awaitHandled();
  }

  private int deliver(UUID id, int workItem) throws IOException, InterruptedException {
    String secret = Files.readString(data.resolve("webhook.secret")).strip();
    String body =
        example
            .replaceFirst("\"id\" : \"[^\"]+\"", "\"id\" : \"" + id + "\"")
            .replace("4711", Integer.toString(workItem));
    var request =
        HttpRequest.newBuilder(url.resolve("/webhooks/azure-devops"))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            ("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private void awaitHandled() throws IOException, InterruptedException {
    String token = Files.readString(data.resolve("operator.token")).strip();
    var ask =
        HttpRequest.newBuilder(url.resolve("/api/v1/inbox/deliveries?status=received&limit=1"))
            .header("Authorization", "Bearer " + token)
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      var answer = http.send(ask, BodyHandlers.ofString());
      if (answer.statusCode() == 200 && answer.body().contains("\"items\":[]")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("deliveries are still waiting to be handled");
  }

  /** Nothing of it outlives a measurement that was interrupted. */
  private void killAtExit() {
    process.destroyForcibly();
    try {
      Signal.KILL.to(postgres().toArray(ProcessHandle[]::new));
    } catch (IOException e) {
      System.err.println("PostgreSQL was not stopped: " + e.getMessage());
    }
  }

  /** SIGTERM, and waits: its PostgreSQL ends with it. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        Signal.KILL.to(postgres().toArray(ProcessHandle[]::new));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
