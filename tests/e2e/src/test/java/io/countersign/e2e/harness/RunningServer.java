package io.countersign.e2e.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code countersign serve} on a data directory, and what a client knows of it. */
public final class RunningServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration START = Duration.ofSeconds(90);

  private final Path data;
  private final int port;
  private final Process process;
  private final Path log;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private RunningServer(Path data, int port, Process process, Path log) {
    this.data = data;
    this.port = port;
    this.process = process;
    this.log = log;
  }

  /** Starts it on a free port and waits until it is ready. */
  public static RunningServer start(Program program, Path data, Path log) throws Exception {
    return start(program, data, log, freePort(), List.of());
  }

  /** Starts it on this port, with further options, and waits until it is ready. */
  public static RunningServer start(
      Program program, Path data, Path log, int port, List<String> options) throws Exception {
    var server = launch(program, data, log, port, options);
    server.awaitReady();
    return server;
  }

  /** Starts it and does not wait. */
  public static RunningServer launch(
      Program program, Path data, Path log, int port, List<String> options) throws IOException {
    return launch(program, data, log, port, options, Map.of());
  }

  /** The same with variables in its environment. */
  public static RunningServer launch(
      Program program,
      Path data,
      Path log,
      int port,
      List<String> options,
      Map<String, String> environment)
      throws IOException {
    var arguments =
        new ArrayList<>(
            List.of("serve", "--data", data.toString(), "--port", String.valueOf(port)));
    arguments.addAll(options);
    Process process = program.start(environment, log, arguments.toArray(String[]::new));
    return new RunningServer(data, port, process, log);
  }

  /** Waits until it is ready; fails when the process ends before. */
  public void awaitReady() throws Exception {
    Poll.until(START, this::readiness, status -> status == 200);
  }

  /** An answer. */
  public record Answer(int status, String body) {

    /** The body, parsed. */
    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** Posts a delivery with the webhook's own secret. */
  public Answer deliver(byte[] body) throws Exception {
    return deliver(secret(), body);
  }

  /** Posts a delivery. */
  public Answer deliver(String secret, byte[] body) throws Exception {
    String credentials = "azure-devops:" + secret;
    return send(
        request("/webhooks/azure-devops")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Asks the API as the operator. */
  public JsonNode get(String path) throws Exception {
    Answer answer = send(request(path).header("Authorization", "Bearer " + token()).GET().build());
    if (answer.status() != 200) {
      throw new AssertionError("GET " + path + " was answered " + answer);
    }
    return answer.json();
  }

  /** Asks without a token. */
  public Answer getOpenly(String path) throws Exception {
    return send(request(path).GET().build());
  }

  /** Base URL, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Sends it a signal. */
  public void signal(Signal signal) throws IOException {
    signal.to(List.of(process.toHandle()));
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Resident memory of the process in bytes, as Linux counts it. */
  public long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** Last index and entry hash, as the API writes them. */
  public String head() throws Exception {
    return get("/api/v1/log/head").toString();
  }

  /** Password of the webhook. */
  public String secret() throws IOException {
    return Files.readString(data.resolve("webhook.secret")).strip();
  }

  /** Token of the operator. */
  public String token() throws IOException {
    return Files.readString(data.resolve("operator.token")).strip();
  }

  /** As the power cut does it. */
  public void killNine() throws Exception {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  /** As an init system does it; gives the exit code. */
  public int terminate() throws Exception {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running a minute after SIGTERM\n" + output());
    }
    return process.exitValue();
  }

  /** What it printed so far. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, 30, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }

  private int readiness() throws Exception {
    if (!process.isAlive()) {
      throw new AssertionError("ended with " + process.exitValue() + "\n" + output());
    }
    try {
      return getOpenly("/health/ready").status();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  private Answer send(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** A port nobody listens on now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
