package io.countersign.app.serve;

import io.countersign.app.data.DataDirectory;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server, once for all tests of the JVM, on a database of its own. */
public final class TestServer {

  private static final JsonMapper JSON = new JsonMapper();

  private final Server server;
  private final DataDirectory directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private final Map<String, String> settings;

  private TestServer(Server server, DataDirectory directory, Map<String, String> settings) {
    this.server = server;
    this.directory = directory;
    this.settings = settings;
  }

  /** Where its database is. */
  public String databaseUrl() {
    return String.valueOf(settings.get("countersign.database.url"));
  }

  /** As whom it uses it. */
  public String databaseUser() {
    return String.valueOf(settings.get("countersign.database.user"));
  }

  /** With which password. */
  public String databasePassword() {
    return String.valueOf(settings.get("countersign.database.password"));
  }

  /** The shared one. */
  public static TestServer shared() {
    return Shared.INSTANCE;
  }

  /** Settings of a server on a new database and a new data directory. */
  public static Map<String, String> settings(Path data) {
    DatabaseAddress database = TestPostgres.newDatabase();
    var settings = new LinkedHashMap<String, String>();
    settings.put("countersign.data", data.toString());
    settings.put("countersign.port", "0");
    settings.put("countersign.database.url", database.url());
    settings.put("countersign.database.user", database.user());
    settings.put("countersign.database.password", database.password());
    return settings;
  }

  /** The server. */
  public Server server() {
    return server;
  }

  /** Its data directory. */
  public DataDirectory directory() {
    return directory;
  }

  /** The operator's token. */
  public String operatorToken() {
    return directory.operatorToken().read().orElseThrow();
  }

  /** Sends a request; an empty token sends none. */
  public HttpResponse<String> send(String method, String path, String token, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** GET as the operator, as JSON. */
  public JsonNode json(String path) {
    return JSON.readTree(send("GET", path, operatorToken(), "").body());
  }

  private static final class Shared {

    static final TestServer INSTANCE = start();

    static TestServer start() {
      try {
        Path data = Files.createTempDirectory("countersign-test");
        Map<String, String> settings = settings(data);
        var server = Server.start(settings, Undeclared.class);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return new TestServer(server, new DataDirectory(data), settings);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
