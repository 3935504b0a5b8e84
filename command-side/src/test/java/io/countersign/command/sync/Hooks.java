package io.countersign.command.sync;

import com.sun.net.httpserver.HttpServer;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.inbox.Delivery;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.axonframework.modelling.command.ConcurrencyException;

/** What service hooks bring, kept until a test takes it in. */
final class Hooks implements AutoCloseable {

  private final AzureDevOpsSandbox sandbox;
  private final HttpServer server;
  private final BlockingQueue<byte[]> deliveries = new LinkedBlockingQueue<>();

  Hooks(AzureDevOpsSandbox sandbox) {
    this.sandbox = sandbox;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          deliveries.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    server.start();
    sandbox
        .control()
        .subscribe(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/",
            "hooks",
            "secret",
            List.of("workitem.created", "workitem.updated"));
  }

  /** Waits for what is under way, and takes in all of it. */
  void takeAll(NotificationHandler handler) throws Exception {
    sandbox.control().awaitHooks(Duration.ofSeconds(20));
    while (take(handler)) {
      // the next one
    }
  }

  /** Takes in one delivery, if there is one; again when somebody else was at the item. */
  boolean take(NotificationHandler handler) throws Exception {
    byte[] body = deliveries.poll();
    if (body == null) {
      return false;
    }
    var delivery = new Delivery(UUID.randomUUID(), Instant.now(), Map.of(), body, 1);
    while (true) {
      try {
        handler.handle(delivery);
        return true;
      } catch (ConcurrencyException _) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
