package io.countersign.benchmarks.wholepath;

import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From our event to their revision: transitions asked for over HTTP at a fixed rate, each of
 * another work item, written to the sandbox's Azure DevOps. The lag is from when {@code
 * workitem.TransitionRequested} was recorded to when the sandbox made the revision: two clocks of
 * one machine. What comes back from there by webhook is under way at the same time.
 */
public final class SyncRun {

  private static final int WARM_UP_SECONDS = 15;
  private static final double AIM_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final AzureDevOpsSandbox azureDevOps;
  private final ServerUnderLoad server;
  private final HttpClient http = HttpClient.newHttpClient();

  private SyncRun(AzureDevOpsSandbox azureDevOps, ServerUnderLoad server) {
    this.azureDevOps = azureDevOps;
    this.server = server;
  }

  /** {@code [transitions a second] [seconds]}. Exit code 0 when the aim is reached. */
  public static void main(String[] args) throws Exception {
    int rate = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    boolean reached;
    try (var azureDevOps =
            AzureDevOpsSandbox.start(
                SandboxSettings.defaults().withProject("Fabrikam", "Countersign Agile"));
        var server = ServerUnderLoad.start(environment(azureDevOps))) {
      reached = new SyncRun(azureDevOps, server).measure(rate, seconds);
    }
    System.exit(reached ? 0 : 1);
  }

  private static Map<String, String> environment(AzureDevOpsSandbox azureDevOps) {
    String one = "COUNTERSIGN_AZUREDEVOPS_ORGANIZATIONS_0_";
    return Map.of(
        one + "ID",
        azureDevOps.control().collectionId().toString(),
        one + "URL",
        azureDevOps.organizationUrl().toString(),
        one + "PATVARIABLE",
        "SANDBOX_PAT",
        "SANDBOX_PAT",
        azureDevOps.settings().pat());
  }

  private boolean measure(int rate, int seconds) throws Exception {
    azureDevOps
        .control()
        .subscribe(
            server.url("/webhooks/azure-devops").toString(),
            "azure-devops",
            server.webhookSecret(),
            List.of("workitem.created", "workitem.updated"));
    int first = rate * WARM_UP_SECONDS;
    int count = first + rate * seconds;
    for (int i = 0; i < count; i++) {
      create();
    }
    if (!azureDevOps.control().awaitHooks(PATIENCE)) {
      throw new IllegalStateException("hooks are still under way");
    }
    try (Connection database = server.database()) {
      await(database, "work items", "workitem.Registered", count);
      ask(rate, count);
      await(database, "writes", "workitem.TransitionWritten", count);
      return report(database, first, count, rate);
    }
  }

  private void create() throws Exception {
    expect(
        200,
        azureDevOps("POST", "Fabrikam/_apis/wit/workitems/$User%20Story?api-version=7.1")
            .header("Content-Type", "application/json-patch+json")
            .method(
                "POST",
                BodyPublishers.ofString(
                    "[{\"op\":\"add\",\"path\":\"/fields/System.Title\",\"value\":\"Measured\"}]"))
            .build());
  }

  private HttpRequest.Builder azureDevOps(String method, String path) {
    String credential =
        Base64.getEncoder()
            .encodeToString((":" + azureDevOps.settings().pat()).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(azureDevOps.organizationUrl() + path))
        .header("Authorization", "Basic " + credential)
        .method(method, BodyPublishers.noBody());
  }

  /** Each item once, at its moment, whether the one before was answered or not. */
  private void ask(int rate, int count) throws Exception {
    String token = server.operatorToken();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sent = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = start + i * 1_000_000_000L / rate;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        String id = "workitem:%s:%d".formatted(azureDevOps.control().collectionId(), i + 1);
        var request =
            HttpRequest.newBuilder(server.url("/api/v1/work-items/" + id + "/transitions"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"to\":\"Ready\"}"))
                .build();
        sent.add(senders.submit(() -> expect(202, request)));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  private String expect(int status, HttpRequest request) throws Exception {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s %s was answered %d: %s"
              .formatted(
                  request.method(), request.uri().getPath(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private static void await(Connection database, String what, String event, int count)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long there = 0;
    while (System.nanoTime() < end) {
      try (var statement =
          database.prepareStatement("select count(*) from eventlog.entry where name = ?")) {
        statement.setString(1, event);
        try (var row = statement.executeQuery()) {
          row.next();
          there = row.getLong(1);
        }
      }
      if (there == count) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("only %d of %d %s".formatted(there, count, what));
  }

  private boolean report(Connection database, int first, int count, int rate) throws Exception {
    var revision = new Histogram(3);
    var known = new Histogram(3);
    var intended = new Histogram(3);
    try (var statement =
        database.prepareStatement(
            """
            select (select recorded_at from eventlog.entry
                    where aggregate_id = ? and name = 'workitem.TransitionRequested'),
              (select recorded_at from eventlog.entry
               where aggregate_id = ? and name = 'workitem.TransitionWritten'),
              (select created_at from automation.intent
               where payload like '%"' || ? || '"%' and kind = 'sync.write')
            """)) {
      for (int item = first + 1; item <= count; item++) {
        String id = "workitem:%s:%d".formatted(azureDevOps.control().collectionId(), item);
        statement.setString(1, id);
        statement.setString(2, id);
        statement.setString(3, id);
        try (var row = statement.executeQuery()) {
          row.next();
          Instant asked = row.getTimestamp(1).toInstant();
          revision.recordValue(micros(asked, changed(item)));
          known.recordValue(micros(asked, row.getTimestamp(2).toInstant()));
          intended.recordValue(micros(asked, row.getTimestamp(3).toInstant()));
        }
      }
    }
    double p90 = revision.getValueAtPercentile(90) / 1e3;
    System.out.printf(
        "%d transitions, %d/s, each of another work item, after %d s of warm-up%n",
        count - first, rate, WARM_UP_SECONDS);
    print("our event to the intent         ", intended);
    print("our event to their revision     ", revision);
    print("our event to our record of it   ", known);
    System.out.printf("aim: p90 under %.0f ms: %s%n", AIM_MILLIS, p90 < AIM_MILLIS ? "yes" : "NO");
    return p90 < AIM_MILLIS;
  }

  /** When the sandbox made the revision with our state. */
  private Instant changed(int item) throws Exception {
    String updates =
        expect(
            200,
            azureDevOps("GET", "_apis/wit/workitems/" + item + "/updates?api-version=7.1").build());
    for (JsonNode update : JSON.readTree(updates).path("value")) {
      JsonNode fields = update.path("fields");
      if (fields.path("System.State").path("newValue").asString("").equals("Ready")) {
        return Instant.parse(fields.path("System.ChangedDate").path("newValue").asString());
      }
    }
    throw new IllegalStateException("work item " + item + " was not moved");
  }

  /** The sandbox tells milliseconds: below one it may seem to be before. */
  private static long micros(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1_000);
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        "%s p50 %6.1f ms   p90 %6.1f ms   p99 %6.1f ms   max %6.1f ms%n",
        what,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(90) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }
}
