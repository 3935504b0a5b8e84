package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** The shared server, told of work items by webhooks. */
final class ToldServer {

  final TestServer server = TestServer.shared();

  /** Somebody creates a work item; the same delivery for the same number. */
  void deliver(int workItem) throws IOException, InterruptedException {
    String secret = server.directory().webhookSecret().read().orElseThrow();
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/examples"))) {
      here = here.getParent();
    }
    String body =
        Files.readString(here.resolve("docs/examples/workitem.created.json"))
            .replace("4711", Integer.toString(workItem))
            .replace("9edc2ccd", "9edc%04d".formatted(workItem));
    try (var http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(server.server().url() + "/webhooks/azure-devops"))
              .header("Authorization", "Basic " + credentials)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  /** Somebody creates a work item, and all that is in the log is sealed. */
  void sealed(int workItem) throws IOException, InterruptedException {
    deliver(workItem);
    until(() -> !workItem().isEmpty());
    untilSealed();
  }

  /** All that is in the log now is sealed. */
  void untilSealed() throws InterruptedException {
    long size = server.json("/api/v1/log/head").path("size").asLong();
    until(() -> server.json("/api/v1/log/checkpoints/latest").path("size").asLong(0) >= size);
  }

  /** The first work item of the log; empty when there is none. */
  String workItem() {
    for (JsonNode entry : server.json("/api/v1/log/entries?limit=1000").path("items")) {
      if (entry.path("name").asString("").equals("workitem.Registered")) {
        return entry.path("aggregateId").asString("");
      }
    }
    return "";
  }

  static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
