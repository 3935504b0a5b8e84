package io.countersign.benchmarks.projection;

import io.countersign.query.projection.Projection;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * What a projection's tables hold, so that whoever was measured has done the same as the others.
 */
final class TableDigests {

  private TableDigests() {}

  /** By table: how many rows, and a sum over what they hold, whatever their order. */
  static Map<String, String> of(DataSource pool, Projection<?> projection) throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      for (Table table : projection.tables()) {
        try (ResultSet row =
            statement.executeQuery(
                "select count(*) || ' rows ' || coalesce(sum(hashtextextended(x::text, 0)), 0) from %s.%s x"
                    .formatted(projection.schema(), table.name()))) {
          row.next();
          digests.put(table.name(), row.getString(1));
        }
      }
    }
    return digests;
  }
}
