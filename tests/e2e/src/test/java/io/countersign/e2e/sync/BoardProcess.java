package io.countersign.e2e.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import io.countersign.sandbox.SandboxProject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code countersign sandbox azure-devops} as a process, and people who work in it. */
final class BoardProcess implements AutoCloseable {

  static final String PAT = "e2e-pat";
  static final String PRIYA = "Priya Patel <priya@fabrikam.example>";
  private static final String ITEMS = "/fabrikam/_apis/wit/workitems/";
  private static final String VERSION = "?api-version=7.1";

  private final URI base;
  private final Process process;
  private final Map<String, Http> people = new HashMap<>();
  private final Http control;

  private BoardProcess(int port, Process process) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.process = process;
    this.control = new Http(base, Map.of());
  }

  /** A port nobody listens on now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its organization, as notifications name it. */
  static String organization() {
    return new SandboxProject("fabrikam", "").collectionId().toString();
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param hooks receiver, with user and password
   */
  static BoardProcess start(int port, String hooks, Path log) throws Exception {
    Process process =
        Program.unpacked()
            .start(
                log,
                "sandbox",
                "azure-devops",
                "--port",
                Integer.toString(port),
                "--pat",
                PAT,
                "--speed-up",
                "50",
                "--hooks-to",
                hooks);
    Poll.until(
        Duration.ofSeconds(60),
        () -> Files.readString(log),
        text -> text.contains("Stop with Ctrl-C") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(log));
    }
    return new BoardProcess(port, process);
  }

  /** Where an organization is found. */
  static String organizationUrl(int port) {
    return "http://127.0.0.1:%d/fabrikam/".formatted(port);
  }

  /** A new work item; its number. */
  int create(String type, String title) throws Exception {
    String path = "/fabrikam/Fabrikam/_apis/wit/workitems/$%s%s".formatted(type, VERSION);
    return as(PRIYA).post(path, set("Title", title)).path("id").asInt();
  }

  void move(int number, String state) throws Exception {
    change(PRIYA, number, "State", state);
  }

  /** Somebody, as {@code Name <mail>}, changes a field. */
  void change(String who, int number, String field, String value) throws Exception {
    as(who).send("PATCH", ITEMS + number + VERSION, set(field, value));
  }

  private Http as(String who) {
    return people.computeIfAbsent(who, this::connect);
  }

  private Http connect(String who) {
    String token = Base64.getEncoder().encodeToString((":" + PAT).getBytes(UTF_8));
    return new Http(
        base,
        Map.of(
            "Authorization",
            "Basic " + token,
            "Content-Type",
            "application/json-patch+json",
            "X-Sandbox-User",
            who));
  }

  /** All work items: id, state, rev. */
  JsonNode items() throws Exception {
    return control.get("/_sandbox/items").path("value");
  }

  /** The states that were written by Countersign, in order. */
  List<String> written(int number) throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode update : as(PRIYA).get(ITEMS + number + "/updates" + VERSION).path("value")) {
      JsonNode fields = update.path("fields");
      if (fields.at("/System.History/newValue").asString("").contains("countersign:")) {
        states.add(fields.at("/System.State/newValue").asString(""));
      }
    }
    return states;
  }

  /** The next so many writes begin late, and so are done whether who asked still lives or not. */
  void slowWrites(int times, Duration delay) throws Exception {
    fault("DELAY", times, delay);
  }

  /** The next so many writes are done, and the connection is closed instead of an answer. */
  void silentWrites(int times) throws Exception {
    fault("RESET_AFTERWARDS", times, Duration.ZERO);
  }

  void noFaults() throws Exception {
    control.send("DELETE", "/_sandbox/faults", "");
  }

  private void fault(String kind, int times, Duration delay) throws Exception {
    control.post(
        "/_sandbox/faults",
        "{\"kind\":\"%s\",\"times\":%d,\"method\":\"PATCH\",\"path\":\"workitems\",\"delayMillis\":%d}"
            .formatted(kind, times, delay.toMillis()));
  }

  /** The share of notifications that are never made from now on. */
  void loseHooks(double share) throws Exception {
    control.put("/_sandbox/hooks", "{\"lost\":%s,\"seed\":1}".formatted(share));
  }

  /** For signals. */
  ProcessHandle process() {
    return process.toHandle();
  }

  private static String set(String field, String value) {
    return "[{\"op\":\"add\",\"path\":\"/fields/System.%s\",\"value\":\"%s\"}]"
        .formatted(field, value);
  }

  @Override
  public void close() {
    people.values().forEach(Http::close);
    control.close();
    process.destroyForcibly();
  }
}
