package io.countersign.command.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.command.azuredevops.client.AzureDevOps;
import io.countersign.command.azuredevops.client.AzureDevOpsSettings;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import io.countersign.sandbox.azuredevops.ItemView;
import io.countersign.sandbox.azuredevops.SandboxSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's Azure DevOps, somebody who works there, and webhooks that can be lost. */
final class RealSource implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final AzureDevOpsSandbox sandbox =
      AzureDevOpsSandbox.start(SandboxSettings.defaults().withProject("Fabrikam", "Agile"));
  final AzureDevOps client;
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer receiver;
  private volatile boolean lost;
  private volatile boolean gone;

  /**
   * Starts.
   *
   * @param inbox gets the body of each webhook that is not lost
   */
  RealSource(Path directory, Consumer<byte[]> inbox) throws IOException {
    Path pat = Files.writeString(directory.resolve("pat"), sandbox.settings().pat());
    var organization =
        new AzureDevOpsSettings.One(
            sandbox.control().collectionId().toString(),
            sandbox.organizationUrl().toString(),
            null,
            null,
            null,
            null,
            null,
            pat,
            null,
            "7.1",
            false);
    client =
        new AzureDevOps(
            new AzureDevOpsSettings(
                List.of(organization),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1 << 24,
                Duration.ZERO,
                1,
                Duration.ZERO,
                4),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext("/", exchange -> receive(exchange, inbox));
    receiver.start();
    sandbox
        .control()
        .subscribe(
            hookUrl(),
            "azure-devops",
            "secret",
            List.of(
                "workitem.created",
                "workitem.updated",
                "workitem.commented",
                "workitem.deleted",
                "workitem.restored"));
  }

  String hookUrl() {
    return "http://127.0.0.1:%d/webhooks/azure-devops".formatted(receiver.getAddress().getPort());
  }

  private void receive(HttpExchange exchange, Consumer<byte[]> inbox) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!lost) {
        inbox.accept(body);
      }
      exchange.sendResponseHeaders(gone ? 410 : 202, -1);
    }
  }

  Source source() {
    return new Sources(client, List.of()).find("Fabrikam");
  }

  /** Work whose webhooks nobody receives. */
  void unseen(ThrowingRunnable work) throws Exception {
    lost = true;
    work.run();
    assertThat(sandbox.control().awaitHooks(Duration.ofSeconds(20))).isTrue();
    lost = false;
  }

  /** Work whose webhooks the service gives up. */
  void givenUp(ThrowingRunnable work) throws Exception {
    gone = true;
    unseen(work);
    gone = false;
  }

  /** Work whose webhooks come, and are answered as if nobody wanted them. */
  void refusedAfterReceipt(ThrowingRunnable work) throws Exception {
    gone = true;
    seen(work);
    gone = false;
  }

  /** Somebody pushes. */
  void push(String message) throws Exception {
    control("pushes", "{\"project\":\"Fabrikam\",\"message\":\"%s\"}".formatted(message));
  }

  /** A build ends. */
  void build(String result) throws Exception {
    control("builds", "{\"project\":\"Fabrikam\",\"result\":\"%s\"}".formatted(result));
  }

  private void control(String what, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(sandbox.organizationUrl().resolve("/_sandbox/" + what))
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Webhooks of a kind of event come to the same receiver. */
  void subscribe(String eventType) {
    sandbox.control().subscribe(hookUrl(), "azure-devops", "secret", List.of(eventType));
  }

  /** Away for ever. */
  void destroy(int item) throws Exception {
    send("DELETE", "_apis/wit/workitems/" + item, "", "&destroy=true");
  }

  /** Work whose webhooks come. */
  void seen(ThrowingRunnable work) throws Exception {
    work.run();
    assertThat(sandbox.control().awaitHooks(Duration.ofSeconds(20))).isTrue();
  }

  /** Something that may fail. */
  interface ThrowingRunnable {
    void run() throws Exception;
  }

  int create(String title) throws Exception {
    JsonNode item =
        send(
            "POST",
            "Fabrikam/_apis/wit/workitems/$Task",
            "[{\"op\":\"add\",\"path\":\"/fields/System.Title\",\"value\":\"%s\"}]"
                .formatted(title));
    return item.path("id").intValue();
  }

  void change(int item, String field, String value) throws Exception {
    send(
        "PATCH",
        "_apis/wit/workitems/" + item,
        "[{\"op\":\"add\",\"path\":\"/fields/%s\",\"value\":\"%s\"}]".formatted(field, value));
  }

  void link(int item, int child) throws Exception {
    send(
        "PATCH",
        "_apis/wit/workitems/" + item,
        "[{\"op\":\"add\",\"path\":\"/relations/-\",\"value\":{\"rel\":\"System.LinkTypes.Hierarchy-Forward\",\"url\":\"%s\"}}]"
            .formatted(sandbox.organizationUrl().resolve("_apis/wit/workItems/" + child)));
  }

  void delete(int item) throws Exception {
    send("DELETE", "_apis/wit/workitems/" + item, "");
  }

  void restore(int item) throws Exception {
    send("PATCH", "_apis/wit/recyclebin/" + item, "{\"isDeleted\":false}");
  }

  ItemView view(int item) {
    return sandbox.control().items().stream()
        .filter(one -> one.id() == item)
        .findFirst()
        .orElseThrow();
  }

  private JsonNode send(String method, String path, String body) throws Exception {
    return send(method, path, body, "");
  }

  private JsonNode send(String method, String path, String body, String more) throws Exception {
    String credential =
        Base64.getEncoder()
            .encodeToString((":" + sandbox.settings().pat()).getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(
                URI.create(sandbox.organizationUrl() + path + "?api-version=7.1" + more))
            .header("Authorization", "Basic " + credential)
            .header(
                "Content-Type",
                body.startsWith("[") ? "application/json-patch+json" : "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    receiver.stop(0);
    client.close();
    http.close();
    sandbox.close();
  }
}
