package io.countersign.query.replay;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * Empty tables as those of a projection, for one transaction only: nobody else sees them, and
 * nothing of them is left however it ends.
 */
final class TemporaryTables {

  /** PostgreSQL's name for the schema of a session's temporary tables. */
  static final String SCHEMA = "pg_temp";

  private TemporaryTables() {}

  static void create(Connection connection, Generation generation) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : generation.projection().tables()) {
        statement.execute(
            "create temporary table %2$s (like %1$s.%2$s including defaults including generated) on commit drop"
                .formatted(generation.schema(), table.name()));
        statement.execute(
            "alter table %s.%s add primary key (%s)"
                .formatted(
                    SCHEMA,
                    table.name(),
                    table.key().stream().map(Column::name).collect(Collectors.joining(", "))));
      }
      // temporary tables have no statistics: without this each write would read them whole
      statement.execute("set local enable_hashjoin to off");
      statement.execute("set local enable_mergejoin to off");
    }
  }
}
