package io.countersign.app.settings;

import io.countersign.app.StartRefused;
import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; when absent, the embedded PostgreSQL is
 *     started in the data directory
 * @param user role in the database named by {@code url}
 * @param password password of the role; prefer a file
 * @param passwordFile file that holds the password of the role
 * @param poolSize connections for commands, projections and the inbox
 * @param readPoolSize connections for queries of the API
 * @param queryTimeout how long a query of the API may take in the database; then it is given up and
 *     answered 503
 * @param allowLosingAcknowledgedDeliveries start although the database runs with {@code fsync},
 *     {@code full_page_writes} or {@code synchronous_commit} off: what was acknowledged may then be
 *     lost in a power cut, and health and log say so
 * @param embedded the embedded PostgreSQL
 */
public record DatabaseSettings(
    @Nullable String url,
    @DefaultValue("countersign") String user,
    @Nullable String password,
    @Nullable Path passwordFile,
    @DefaultValue("20") int poolSize,
    @DefaultValue("10") int readPoolSize,
    @DefaultValue("5s") Duration queryTimeout,
    @DefaultValue("false") boolean allowLosingAcknowledgedDeliveries,
    @NestedConfigurationProperty @DefaultValue EmbeddedSettings embedded) {

  /** Checks the values. */
  public DatabaseSettings {
    if (queryTimeout.toMillis() < 100) {
      throw new IllegalArgumentException("countersign.database.query-timeout: at least 100 ms");
    }
  }

  /** The configured database, or nothing when the embedded one is to be used. */
  public Optional<DatabaseAddress> external() {
    if (url == null || url.isBlank()) {
      return Optional.empty();
    }
    if (!url.startsWith("jdbc:postgresql://")) {
      throw new StartRefused("the database URL has to be jdbc:postgresql://host:port/database");
    }
    return Optional.of(new DatabaseAddress(url, user, secret()));
  }

  private String secret() {
    if (passwordFile == null) {
      return password == null ? "" : password;
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new StartRefused("cannot read the database password file " + passwordFile, e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[url=%s, user=%s]".formatted(url, user);
  }
}
