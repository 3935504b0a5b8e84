package io.countersign.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.settings.DatabaseSettings;
import io.countersign.app.settings.EmbeddedSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.testkit.TestPostgres;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseAddressesTest {

  @TempDir Path folder;

  @Test
  void aNodeThatWantsMoreConnectionsThanThereAreIsRefused() {
    DatabaseAddress address = TestPostgres.newDatabase();
    ConnectionBudget.check(address, settings(20, 10));
    assertThatThrownBy(() -> ConnectionBudget.check(address, settings(180, 30)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("needs 219 database connections")
        .hasMessageContaining("admits 197");
  }

  @Test
  void whatIsWrongWithADatabaseIsSaidWithoutThePassword() {
    DatabaseAddress right = TestPostgres.newDatabase();
    var unknown = new DatabaseAddress(right.url() + "_not", right.user(), "sesame");
    assertThatThrownBy(() -> ConnectionBudget.check(unknown, settings(1, 1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("no such database")
        .hasMessageNotContaining("sesame");
    var silent = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/x", "me", "sesame");
    assertThatThrownBy(() -> ConnectionBudget.check(silent, settings(1, 1)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void thePasswordFileWinsOverThePasswordAndAnotherDatabaseThanPostgresIsRefused()
      throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "from-file\n");
    var settings =
        new DatabaseSettings(
            "jdbc:postgresql://db/cs",
            "me",
            "other",
            file,
            1,
            1,
            Duration.ofSeconds(5),
            false,
            new EmbeddedSettings(0, 20));
    assertThat(settings.external().orElseThrow().password()).isEqualTo("from-file");
    assertThat(settings.toString()).doesNotContain("other");
    var mysql =
        new DatabaseSettings(
            "jdbc:mysql://db/cs",
            "me",
            null,
            null,
            1,
            1,
            Duration.ofSeconds(5),
            false,
            new EmbeddedSettings(0, 20));
    assertThatThrownBy(mysql::external).isInstanceOf(StartRefused.class);
  }

  @Test
  void theReactivePoolGoesToTheSameDatabaseWithTheSameTls() {
    var options =
        ReadConnections.options(
            new DatabaseAddress(
                "jdbc:postgresql://db:5433/cs?sslmode=verify-full&sslrootcert=/ca.pem", "me", "x"),
            Duration.ofSeconds(5));
    assertThat(options.getValue(ConnectionFactoryOptions.HOST)).isEqualTo("db");
    assertThat(options.getValue(ConnectionFactoryOptions.PORT)).isEqualTo(5433);
    assertThat(options.getValue(ConnectionFactoryOptions.DATABASE)).isEqualTo("cs");
    assertThat(options.getValue(Option.valueOf("sslMode"))).isEqualTo("verify-full");
    assertThat(options.getValue(Option.valueOf("sslRootCert"))).isEqualTo("/ca.pem");
  }

  private static DatabaseSettings settings(int pool, int readPool) {
    return new DatabaseSettings(
        null,
        "x",
        null,
        null,
        pool,
        readPool,
        Duration.ofSeconds(5),
        false,
        new EmbeddedSettings(0, 20));
  }
}
