package io.countersign.audit.sequence;

import io.countersign.eventlog.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A log of the events of a foreign store, on nodes that have the role audit and no other.
 *
 * @param url {@code jdbc:postgresql://host:port/database} with the table {@code domainevententry}
 *     of Axon's JDBC engine; a column is added to it. Absent: no such source. With the event store
 *     axon-server the source is Axon Server
 * @param user role in that database: owner of the table
 * @param passwordFile file that holds the role's password
 * @param interval pause when nothing new was found
 */
@ConfigurationProperties("countersign.audit.sequencer")
public record SequencerSettings(
    @Nullable String url,
    @DefaultValue("countersign") String user,
    @Nullable Path passwordFile,
    @DefaultValue("100ms") Duration interval) {

  /** Where the table is, when one is configured. */
  public Optional<DatabaseAddress> source() {
    return url == null || url.isBlank()
        ? Optional.empty()
        : Optional.of(new DatabaseAddress(url, user, password()));
  }

  private String password() {
    try {
      return passwordFile == null ? "" : Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the password file " + passwordFile, e);
    }
  }
}
