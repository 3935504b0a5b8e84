package io.countersign.sandbox.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Takes notifications the way it is told to; repeats are answered with the first receipt. */
final class Receiver implements AutoCloseable {

  /** No answer at all. */
  static final int CUT = 0;

  private final HttpServer server;
  private final Answering answering;
  private final Map<String, String> receipts = new ConcurrentHashMap<>();
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  /** The status of an answer. */
  interface Answering {
    int status(String body, int attempt);
  }

  Receiver(Answering answering) throws IOException {
    this.answering = answering;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/webhooks/azure-devops", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> bodies() {
    return bodies;
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    int status = answering.status(body, attempts.merge(body, 1, Integer::sum));
    if (status == CUT) {
      exchange.getResponseBody().close();
      exchange.close();
      return;
    }
    boolean known = receipts.containsKey(body);
    String delivery = receipts.computeIfAbsent(body, _ -> UUID.randomUUID().toString());
    byte[] answer =
        "{\"deliveryId\":\"%s\",\"digest\":\"sha256:00\",\"duplicate\":%s}"
            .formatted(delivery, known)
            .getBytes(StandardCharsets.UTF_8);
    // in chunks when it is long enough to find out
    exchange.sendResponseHeaders(status, body.length() % 2 == 0 ? 0 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
