package io.countersign.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.app.StartRefused;
import io.countersign.app.serve.Server;
import io.countersign.eventlog.database.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster of its own for all of these, started in ways that break the promise. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DurabilityTest {

  @TempDir static Path folder;

  @Test
  @Order(1)
  void aRunningServerThatLosesItsDurabilityIsNoticedAndSoIsItsReturn() throws Exception {
    try (var postgres = start("on")) {
      DatabaseAddress address = address(postgres);
      var durability = Durability.checked(address, false);
      var permissive = Durability.checked(address, true);
      try (var connection = address.connect("test")) {
        assertThat(durability.holds(connection)).isTrue();
        assertThat(durability.warnings()).isEmpty();

        set(address, "full_page_writes", "off");
        await(connection, "full_page_writes", "off");
        assertThat(durability.holds(connection)).isFalse();
        assertThat(permissive.holds(connection)).isTrue();
        assertThat(durability.warnings())
            .isEqualTo(permissive.warnings())
            .containsExactly(DurabilityGuard.WARNING + ": full_page_writes=off");

        set(address, "full_page_writes", "on");
        await(connection, "full_page_writes", "on");
        assertThat(durability.holds(connection)).isTrue();
        assertThat(durability.warnings()).isEmpty();
      }
    }
  }

  @Test
  @Order(2)
  void commitsAreWaitedForWhateverTheDatabaseHasAsItsDefault() throws Exception {
    try (var postgres = start("on")) {
      DatabaseAddress address = address(postgres);
      for (String weak : new String[] {"off", "local", "remote_write"}) {
        run(address, "alter role postgres set synchronous_commit = " + weak);
        try (var plain = postgres.getPostgresDatabase().getConnection()) {
          assertThat(ask(plain, "show synchronous_commit")).isEqualTo(weak);
        }
        try (var pool = pool(address);
            var pooled = pool.getConnection();
            var own = address.connect("test")) {
          assertThat(ask(pooled, "show synchronous_commit")).isEqualTo("on");
          assertThat(ask(own, "show synchronous_commit")).isEqualTo("on");
        }
      }
      run(address, "alter role postgres set synchronous_commit = remote_apply");
      try (var own = address.connect("test")) {
        assertThat(ask(own, "show synchronous_commit")).isEqualTo("remote_apply");
      }
      run(address, "alter role postgres reset synchronous_commit");
    }
  }

  @Test
  @Order(3)
  void aReadOnlyDatabaseAndAnotherEncodingAreRefused() throws Exception {
    try (var postgres = start("on")) {
      DatabaseAddress address = address(postgres);
      run(address, "alter role postgres set default_transaction_read_only = on");
      refuses(address, "default_transaction_read_only");
      run(
          address,
          "set default_transaction_read_only = off;"
              + " alter role postgres reset default_transaction_read_only");
      run(address, "create database latin encoding 'LATIN1' template template0");
      refuses(
          new DatabaseAddress(
              address.url().replace("/postgres", "/latin"), "postgres", address.password()),
          "LATIN1");
    }
  }

  @Test
  @Order(4)
  void aNodeStartsOnADatabaseWithoutFsyncOnlyWhenToldAndItsHealthSaysSo() throws Exception {
    try (var postgres = start("off")) {
      DatabaseAddress address = address(postgres);
      assertThatThrownBy(() -> Server.start(settings(address)))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("fsync=off")
          .hasMessageContaining(DurabilityGuard.SETTING);
      try (var connection = address.connect("test")) {
        assertThat(ask(connection, "select count(*) from pg_namespace where nspname = 'eventlog'"))
            .isEqualTo("0");
      }

      Map<String, String> told = settings(address);
      told.put(DurabilityGuard.SETTING, "true");
      try (var server = Server.start(told);
          var http = HttpClient.newHttpClient()) {
        var ready =
            http.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/health/ready")).build(),
                BodyHandlers.ofString());
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains(DurabilityGuard.WARNING + ": fsync=off");
      }
    }
  }

  @Test
  @Order(5)
  void aStandbyIsRefused() throws Exception {
    Files.createFile(folder.resolve("cluster").resolve("standby.signal"));
    try (var postgres = start("on")) {
      refuses(address(postgres), "is a standby");
    }
  }

  private static EmbeddedPostgres start(String fsync) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("cluster"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", fsync)
        .setServerConfig("max_connections", "60")
        .setServerConfig("synchronous_commit", "on")
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF8")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  private static DatabaseAddress address(EmbeddedPostgres postgres) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort()),
        "postgres",
        "postgres");
  }

  private static Map<String, String> settings(DatabaseAddress address) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("countersign.data", folder.resolve("data").toString());
    settings.put("countersign.port", "0");
    settings.put("countersign.database.url", address.url());
    settings.put("countersign.database.user", address.user());
    settings.put("countersign.database.password", address.password());
    return settings;
  }

  private static HikariDataSource pool(DatabaseAddress address) {
    var pool = new HikariDataSource();
    pool.setDataSource(new CheckedConnections(address, Durability.checked(address, false)));
    pool.setMaximumPoolSize(1);
    return pool;
  }

  private static void refuses(DatabaseAddress address, String named) {
    assertThatThrownBy(() -> Durability.checked(address, true))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(named);
  }

  /** Of the server, and waits until it holds for the sessions that are there. */
  private static void set(DatabaseAddress address, String setting, String value)
      throws SQLException {
    run(address, "alter system set %s = %s".formatted(setting, value));
    try (var connection = address.connect("test")) {
      ask(connection, "select pg_reload_conf()");
      await(connection, setting, value);
    }
  }

  /** Each session hears of it for itself. */
  private static void await(java.sql.Connection connection, String setting, String value)
      throws SQLException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!ask(connection, "show " + setting).equals(value)) {
      assertThat(System.nanoTime()).as("reloading").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void run(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = address.connect("test");
        var statement = connection.createStatement()) {
      for (String one : sql.split(";")) {
        statement.execute(one);
      }
    }
  }

  private static String ask(java.sql.Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
