package io.countersign.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.BiFunction;

/** Stands before a real server and changes what it answers, as whoever runs one could. */
final class LyingServer implements AutoCloseable {

  private final HttpServer http;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String real;
  private final BiFunction<String, byte[], byte[]> lie;

  /**
   * Starts.
   *
   * @param real address of the server behind
   * @param lie from path with query, and body, to the body that is answered
   */
  LyingServer(String real, BiFunction<String, byte[], byte[]> lie) throws IOException {
    this.real = real;
    this.lie = lie;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.setExecutor(Thread::startVirtualThread);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    try (exchange) {
      HttpResponse<byte[]> truth =
          client.send(
              HttpRequest.newBuilder(URI.create(real + asked))
                  .header("Accept", exchange.getRequestHeaders().getFirst("Accept"))
                  .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                  .build(),
              BodyHandlers.ofByteArray());
      byte[] body = truth.statusCode() == 200 ? lie.apply(asked, truth.body()) : truth.body();
      exchange.sendResponseHeaders(truth.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    http.stop(0);
    client.close();
  }
}
