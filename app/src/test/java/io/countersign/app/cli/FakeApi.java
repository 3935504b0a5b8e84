package io.countersign.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A server that gives the answers it was told, keeps what it was asked, and runs commands. */
final class FakeApi implements AutoCloseable {

  private static final String UNKNOWN =
      "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"detail\":\"nothing lies here\"}";

  private final Map<String, Answer> answers = new HashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer http;
  private final Path token;
  private Function<URI, String> otherwise = _ -> "";

  /** What was asked. */
  record Request(String method, String path, String body) {}

  private record Answer(int status, String body) {}

  FakeApi(Path folder) throws IOException {
    this.token = folder.resolve("token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, "token");
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  /** Answers a request like {@code GET /api/v1/hooks?project=Fabrikam}. */
  FakeApi answer(String request, int status, String body) {
    answers.put(request, new Answer(status, body));
    return this;
  }

  /** Refuses it with a problem. */
  FakeApi refuse(String request, int status, String title, String detail) {
    return answer(request, status, "{\"title\":\"%s\",\"detail\":\"%s\"}".formatted(title, detail));
  }

  /** Answers all else; an empty text is 404. */
  FakeApi otherwise(Function<URI, String> other) {
    this.otherwise = other;
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Runs a command against it. */
  CommandResult run(String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--url", url(), "--token-file", token.toString()));
    return CommandResult.of(all);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              path,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Answer answer = answers.get(exchange.getRequestMethod() + " " + path);
      if (answer == null) {
        String other = otherwise.apply(exchange.getRequestURI());
        answer = other.isEmpty() ? new Answer(404, UNKNOWN) : new Answer(200, other);
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
