package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that makes an audit log of another application's events, in Axon's own JDBC table. */
@Timeout(120)
final class ForeignStoreTest {

  private static final String TABLE =
      """
      create table domainevententry (
        globalindex bigserial primary key, aggregateidentifier varchar(255) not null,
        sequencenumber bigint not null, type varchar(255), eventidentifier varchar(255) not null unique,
        metadata bytea, payload bytea not null, payloadrevision varchar(255),
        payloadtype varchar(255) not null, timestamp varchar(255) not null,
        unique (aggregateidentifier, sequencenumber))
      """;

  private static final String EVENTS =
      """
      insert into domainevententry (aggregateidentifier, sequencenumber, type, eventidentifier,
        metadata, payload, payloadtype, timestamp)
      select 'order-1', n, 'Order', gen_random_uuid()::text, convert_to('{}', 'UTF8'),
        convert_to('<shipped/>', 'UTF8'), 'com.example.Shipped', '2026-11-21T10:00:00Z'
      from generate_series(0, 299) n
      """;

  @TempDir private Path folder;
  private final DatabaseAddress source = TestPostgres.newDatabase();

  @Test
  void itsEventsAreSealedAndServed() throws Exception {
    execute(TABLE);
    execute(EVENTS);
    try (var server = Server.start(settings("audit"))) {
      String checkpoint = "";
      while (!checkpoint.contains("\n301\n")) { // with the entry of the log's key
        checkpoint = get(server, "/api/v1/log/published/checkpoint");
        Thread.sleep(20);
      }
      assertThat(get(server, "/api/v1/log/entries/299")).contains("com.example.Shipped", "order-1");
      assertThat(get(server, "/metrics")).contains("countersign_audit_sequencer_held 0.0");
    }
  }

  @Test
  void aNodeThatWritesEventsOfItsOwnMakesNoLogOfOthers() {
    assertThatThrownBy(() -> Server.start(settings("all")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--role audit");
  }

  private Map<String, String> settings(String role) throws Exception {
    Path password = folder.resolve("source.password");
    Files.writeString(password, source.password());
    var settings = new LinkedHashMap<>(TestServer.settings(folder.resolve("data")));
    settings.put("countersign.roles", role);
    settings.put("countersign.audit.sequencer.url", source.url());
    settings.put("countersign.audit.sequencer.user", source.user());
    settings.put("countersign.audit.sequencer.password-file", password.toString());
    return settings;
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = source.connect("test");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String get(Server server, String path) throws Exception {
    String token = new DataDirectory(folder.resolve("data")).operatorToken().read().orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return answer.body();
  }
}
