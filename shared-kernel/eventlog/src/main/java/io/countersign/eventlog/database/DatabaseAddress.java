package io.countersign.eventlog.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A PostgreSQL database and who we are there.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user role
 * @param password the role's password
 */
public record DatabaseAddress(String url, String user, String password) {

  /**
   * Longest silence of the server before a statement of a pooled connection fails, in seconds: a
   * line that was not cut but lets nothing pass would else hold its thread for ever. A {@code
   * socketTimeout} in the address has precedence.
   */
  public static final int SILENCE_SECONDS = 30;

  /**
   * A connection of its own, outside any pool: for what must not wait for one (LISTEN, keys).
   *
   * @param applicationName shown in {@code pg_stat_activity}
   */
  public Connection connect(String applicationName) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", applicationName);
    return DriverManager.getConnection(url, properties);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[" + url + " as " + user + "]";
  }
}
