package io.countersign.audit.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.witness.AddCheckpoint;
import io.countersign.auditlog.witness.WitnessRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A witness over HTTP, as C2SP tlog-witness has it: {@code POST /add-checkpoint} and {@code GET
 * /HASH/checkpoint}. By the JDK's own server: it needs neither TLS, for cosignatures vouch for
 * themselves, nor anything that would have to be trusted besides.
 */
public final class WitnessServer implements AutoCloseable {

  /** A proof of 63 hashes and a note of some signatures, post-quantum ones too. */
  static final int MAX_BODY = 128 * 1024;

  private static final String TEXT = "text/plain; charset=utf-8";

  private final Witness witness;
  private final Consumer<String> journal;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  private WitnessServer(Witness witness, HttpServer server, Consumer<String> journal) {
    this.witness = witness;
    this.server = server;
    this.journal = journal;
  }

  /**
   * Starts one.
   *
   * @param journal is told of each refusal and failure, in a line
   */
  public static WitnessServer start(
      Witness witness, InetSocketAddress address, Consumer<String> journal) throws IOException {
    var started = new WitnessServer(witness, HttpServer.create(address, 0), journal);
    started.server.setExecutor(started.workers);
    started.server.createContext("/", started::handle);
    started.server.start();
    return started;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (path.equals("/add-checkpoint")) {
        if (method.equals("POST")) {
          add(exchange);
        } else {
          answer(exchange, 405, TEXT, "POST a checkpoint here\n");
        }
      } else if (path.matches("/[0-9a-f]{64}/checkpoint") && method.equals("GET")) {
        latest(exchange, path.substring(1, 65));
      } else {
        answer(exchange, 404, TEXT, "a witness answers POST /add-checkpoint\n");
      }
    } catch (RuntimeException e) {
      journal.accept("failed: " + e);
      throw e;
    }
  }

  private void add(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      answer(exchange, 413, TEXT, "more than " + MAX_BODY + " bytes\n");
      return;
    }
    try {
      answer(exchange, 200, TEXT, witness.cosign(AddCheckpoint.parse(body)));
    } catch (NoteFormatException e) {
      answer(exchange, 400, TEXT, e.getMessage() + "\n");
    } catch (WitnessRefusedException e) {
      refuse(exchange, e);
    } catch (IOException e) {
      journal.accept("nothing was cosigned: " + e.getMessage());
      answer(exchange, 500, TEXT, "the witness cannot keep what it cosigns\n");
    }
  }

  private void refuse(HttpExchange exchange, WitnessRefusedException refusal) throws IOException {
    switch (refusal.reason()) {
      case OTHER_OLD_SIZE -> {
        // how a log learns the size
      }
      case OTHER_ROOT, NOT_CONSISTENT, NO_CHECKPOINT, OLD_SIZE_ABOVE_NEW, NOT_SIGNED, UNKNOWN_LOG ->
          journal.accept("refused: " + refusal.getMessage());
    }
    int status = refusal.reason().status();
    if (status == 409) {
      answer(exchange, status, WitnessClient.SIZE_TYPE, refusal.lastSize() + "\n");
    } else {
      answer(exchange, status, TEXT, refusal.getMessage() + "\n");
    }
  }

  private void latest(HttpExchange exchange, String originHash) throws IOException {
    byte[] note = witness.latestByHash(originHash).orElse(null);
    if (note == null) {
      answer(exchange, 404, TEXT, "nothing of this log was cosigned\n");
    } else {
      answer(exchange, 200, TEXT, new String(note, StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Takes no more requests, and finishes those it has. */
  @Override
  public void close() {
    server.stop(1);
    workers.close();
  }
}
