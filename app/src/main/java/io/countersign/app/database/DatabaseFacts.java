package io.countersign.app.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What decides whether a commit that this database acknowledged is there after a power cut, and
 * whether it can be written at all.
 *
 * @param version as PostgreSQL numbers it: 180002 is 18.2
 * @param encoding of the database
 * @param standby it follows another server and takes no writes
 * @param readOnly a session of ours starts read-only
 * @param fsync of the server
 * @param fullPageWrites of the server
 * @param checksums whether damage of data pages is noticed when they are read
 * @param synchronousCommit of a session of ours, as the program set it
 */
record DatabaseFacts(
    int version,
    String encoding,
    boolean standby,
    boolean readOnly,
    boolean fsync,
    boolean fullPageWrites,
    boolean checksums,
    String synchronousCommit) {

  private static final String READ =
      """
      select current_setting('server_version_num')::int,
             pg_encoding_to_char(d.encoding),
             pg_is_in_recovery(),
             current_setting('default_transaction_read_only')::bool,
             current_setting('fsync')::bool,
             current_setting('full_page_writes')::bool,
             current_setting('data_checksums')::bool,
             current_setting('synchronous_commit')
      from pg_database d
      where d.datname = current_database()
      """;

  /** Asks the server: one statement that reads no table of ours. */
  static DatabaseFacts of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(READ)) {
      row.next();
      return new DatabaseFacts(
          row.getInt(1),
          row.getString(2),
          row.getBoolean(3),
          row.getBoolean(4),
          row.getBoolean(5),
          row.getBoolean(6),
          row.getBoolean(7),
          row.getString(8));
    }
  }

  /** Whether what was acknowledged is on disk, whatever happens to the power. */
  boolean durable() {
    return fsync && fullPageWrites && !synchronousCommit.equals("off");
  }

  /** Whether it takes writes. */
  boolean writable() {
    return !standby && !readOnly;
  }
}
