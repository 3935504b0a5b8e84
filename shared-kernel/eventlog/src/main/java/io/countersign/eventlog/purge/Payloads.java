package io.countersign.eventlog.purge;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryFormatException;
import io.countersign.eventlog.read.StoredEntry;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The stored payloads, from which the database lets text be removed once an event says so. */
public final class Payloads {

  private static final String PURGE = "select eventlog.purge(?)";

  private final DataSource dataSource;

  /** Of the log in this database. */
  public Payloads(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Puts in place of a payload what an event says is left of it. May be done again.
   *
   * @param by index of the event
   * @return whether the payload was still there
   */
  public boolean purge(long by) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(PURGE)) {
      statement.setLong(1, by);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  /**
   * The digest of a payload, hexadecimal, as its entry states it; empty when what is stored has
   * another one.
   */
  public static Optional<String> digestIfWhole(StoredEntry stored) {
    try {
      ContentDigest stated = EntryCodec.decode(stored.entry()).payloadDigest();
      return stated.equals(ContentDigest.of(stored.payload()))
          ? Optional.of(stated.hex())
          : Optional.empty();
    } catch (EntryFormatException _) {
      return Optional.empty();
    }
  }
}
