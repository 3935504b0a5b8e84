package io.countersign.e2e.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.e2e.harness.ExternalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands between the sender and a node. When an acknowledgement comes by, it asks the server how
 * far its write-ahead log is flushed, notes it, and lets the acknowledgement pass.
 */
final class FlushWitness implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI node;
  private final HttpServer http;
  private final Connection connection;
  private final PreparedStatement flushed;
  private final List<Seen> seen = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * An acknowledgement, in the order they came by.
   *
   * @param delivery from the receipt
   * @param flushed byte position up to which the log was flushed then
   */
  record Seen(UUID delivery, long flushed) {}

  FlushWitness(ExternalPostgres postgres, URI node) throws IOException, SQLException {
    this.node = node;
    connection = postgres.connect("postgres");
    flushed = connection.prepareStatement("select pg_current_wal_flush_lsn() - '0/0'::pg_lsn");
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::pass);
    http.start();
  }

  /** Where to send. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Everything seen so far. */
  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest request =
          HttpRequest.newBuilder(node.resolve(exchange.getRequestURI()))
              .timeout(PATIENCE)
              .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
              .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 202) {
        note(UUID.fromString(JSON.readTree(answer.body()).get("deliveryId").asString()));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new IOException("the flush position is not to be had", e);
    }
  }

  /** One at a time: the notes are in the order of their positions. */
  private synchronized void note(UUID delivery) throws SQLException {
    try (ResultSet row = flushed.executeQuery()) {
      row.next();
      seen.add(new Seen(delivery, row.getLong(1)));
    }
  }

  @Override
  public void close() throws SQLException {
    http.stop(0);
    connection.close();
  }
}
