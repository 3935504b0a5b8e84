package io.countersign.query.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Indexes of a schema that hold no constraint: a load is faster when they are made after it. */
final class SecondaryIndexes {

  private static final String DEFINED =
      """
      select i.indexdef, format('%%I.%%I', i.schemaname, i.indexname) from pg_indexes i
      where i.schemaname = '%1$s' and not i.tablename like 'flyway%%'
        and not exists (
          select from pg_constraint c join pg_namespace n on n.oid = c.connamespace
          where n.nspname = i.schemaname and c.conname = i.indexname)
      order by i.indexname
      """;

  private SecondaryIndexes() {}

  /**
   * Removes them.
   *
   * @return statements that make them again
   */
  static List<String> drop(Connection connection, String schema) throws SQLException {
    List<String> definitions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(DEFINED.formatted(schema))) {
        while (rows.next()) {
          definitions.add(rows.getString(1));
          names.add(rows.getString(2));
        }
      }
      for (String name : names) {
        statement.execute("drop index " + name);
      }
    }
    return definitions;
  }

  /** Makes them again. */
  static void make(Connection connection, List<String> definitions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local maintenance_work_mem to '128MB'");
      for (String definition : definitions) {
        statement.execute(definition);
      }
    }
  }
}
