package io.countersign.sandbox.azuredevops;

import com.sun.net.httpserver.HttpServer;
import io.countersign.sandbox.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Receives service hooks and answers as it is told; 202 when it was not told anything. */
final class HookReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> bodies = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private int status = 202;
  private int times;

  HookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.sendResponseHeaders(note(body, authorization), -1);
          }
        });
    server.start();
  }

  private synchronized int note(String body, String authorization) {
    bodies.add(Wire.read(body));
    authorizations.add(authorization);
    if (times > 0) {
      times--;
      return status;
    }
    return 202;
  }

  /** The next so many are answered like this. */
  synchronized void answer(int next, int howOften) {
    status = next;
    times = howOften;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  synchronized List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  synchronized List<String> authorizations() {
    return authorizations.stream().distinct().toList();
  }

  synchronized List<String> eventTypes() {
    return bodies.stream().map(body -> body.path("eventType").asString()).toList();
  }

  synchronized List<String> titles() {
    return bodies.stream()
        .map(body -> body.path("resource").path("fields").path("System.Title").asString(""))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
