package io.countersign.eventlog.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/**
 * Entries of the log as a relation, for statements that make rows of many of them at once. It has
 * what is never changed of an entry, and nothing of what its event says: {@code index}, {@code
 * aggregate_type} (empty for events of no aggregate), {@code aggregate_id}, {@code sequence},
 * {@code name}, {@code revision} and {@code occurred_at}.
 */
public final class EntryRelation {

  private static final String ENTRIES =
      """
      with entries as not materialized (
        select index, aggregate_type, aggregate_id, sequence, name, revision, occurred_at
        from eventlog.entry where index between ? and ? and name = any (?))
      """;

  private EntryRelation() {}

  /**
   * Runs a statement that reads the relation {@code entries}, in the transaction of the caller.
   *
   * @param from index of its first entry
   * @param to index of its last entry
   * @param names only entries of these logical names are in it
   * @param statement takes no parameters
   */
  public static void over(
      Connection connection, long from, long to, Set<String> names, String statement)
      throws SQLException {
    try (PreparedStatement whole = connection.prepareStatement(ENTRIES + statement)) {
      whole.setLong(1, from);
      whole.setLong(2, to);
      whole.setArray(3, connection.createArrayOf("text", names.toArray()));
      whole.execute();
    }
  }
}
