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

  /** How long connecting may take. */
  public static final int CONNECT_MILLIS = 10_000;

  /**
   * For each new connection: a commit is acknowledged when it is on disk, and on those standbys the
   * server waits for, whatever the server, the database or the role has as its default.
   */
  public static final String WAIT_FOR_DISK =
      """
      select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') in ('off', 'local', 'remote_write')
      """;

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
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_MILLIS / 1_000));
    Connection connection = DriverManager.getConnection(url, properties);
    try (var statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, CONNECT_MILLIS);
      statement.execute(WAIT_FOR_DISK);
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[" + url + " as " + user + "]";
  }
}
