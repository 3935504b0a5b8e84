package io.countersign.eventlog.purge;

import java.sql.SQLException;
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
}
