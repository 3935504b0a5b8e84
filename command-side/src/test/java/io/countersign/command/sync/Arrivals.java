package io.countersign.command.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.command.inbox.RealInbox;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where hooks arrive: in the inbox, or, while that is away, nowhere. Remembers what it took. */
final class Arrivals implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final List<UUID> subscriptions;

  /** Ids of the updates that were told, by item. */
  private final Map<Integer, TreeSet<Integer>> told = new TreeMap<>();

  private volatile @Nullable RealInbox inbox;

  Arrivals(AzureDevOpsSandbox sandbox) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
    subscriptions =
        sandbox
            .control()
            .subscribe(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "hooks",
                "secret",
                List.of(
                    "workitem.created",
                    "workitem.updated",
                    "workitem.commented",
                    "workitem.deleted",
                    "workitem.restored"));
  }

  /** From now on into this one; into none: 503. */
  void into(@Nullable RealInbox other) {
    inbox = other;
  }

  List<UUID> subscriptions() {
    return subscriptions;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      RealInbox open = inbox;
      boolean taken = open != null && open.receive(body);
      if (taken) {
        remember(JSON.readTree(body));
      }
      exchange.sendResponseHeaders(taken ? 202 : 503, -1);
    }
  }

  private synchronized void remember(JsonNode notification) {
    JsonNode resource = notification.path("resource");
    switch (notification.path("eventType").asString("")) {
      case "workitem.created" -> remember(resource.path("id").asInt(), 1);
      case "workitem.updated" ->
          remember(resource.path("workItemId").asInt(), resource.path("id").asInt());
      default -> {
        // tells of no update
      }
    }
  }

  private void remember(int item, int update) {
    told.computeIfAbsent(item, _ -> new TreeSet<>()).add(update);
  }

  /** Ids of the updates of an item that were told and taken. */
  synchronized TreeSet<Integer> told(int item) {
    return new TreeSet<>(told.getOrDefault(item, new TreeSet<>()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
