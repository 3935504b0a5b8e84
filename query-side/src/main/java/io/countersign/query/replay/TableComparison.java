package io.countersign.query.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.kernel.projection.ComparedTable;
import io.countersign.kernel.projection.RowDifference;
import io.countersign.kernel.projection.RowDifference.Side;
import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a table of a projection and its replayed counterpart side by side, both in order of the
 * keys as text, by bytes. Neither side is held in memory.
 */
final class TableComparison {

  private static final String COLUMNS =
      """
      select l.key from %1$s.%2$s x
      join %3$s.%2$s y on %4$s
      cross join jsonb_each(to_jsonb(x)) l
      where %5$s and l.value is distinct from to_jsonb(y) -> l.key
      order by l.key
      """;

  private final Connection connection;
  private final String schema;
  private final Table table;

  TableComparison(Connection connection, String schema, Table table) {
    this.connection = connection;
    this.schema = schema;
    this.table = table;
  }

  ComparedTable run() throws SQLException {
    List<RowDifference> first = new ArrayList<>();
    long differing = 0;
    try (var rows = new OrderedRows(connection, schema, table);
        var replayed = new OrderedRows(connection, TemporaryTables.SCHEMA, table)) {
      rows.next();
      replayed.next();
      while (rows.hasRow() || replayed.hasRow()) {
        int order = order(rows, replayed);
        Side side = order < 0 ? Side.PROJECTION : order > 0 ? Side.REPLAY : Side.BOTH;
        if (order != 0 || !rows.row().equals(replayed.row())) {
          differing++;
          if (first.size() < ComparedTable.LONGEST_LIST) {
            List<String> key = order <= 0 ? rows.key() : replayed.key();
            first.add(new RowDifference(key, side, List.of()));
          }
        }
        if (order <= 0) {
          rows.next();
        }
        if (order >= 0) {
          replayed.next();
        }
      }
      return new ComparedTable(
          table.name(),
          rows.count(),
          rows.digest(),
          replayed.count(),
          replayed.digest(),
          differing,
          withColumns(first));
    }
  }

  private static int order(OrderedRows rows, OrderedRows replayed) {
    if (!rows.hasRow() || !replayed.hasRow()) {
      return rows.hasRow() ? -1 : 1;
    }
    for (int i = 0; i < rows.key().size(); i++) {
      int order =
          Arrays.compareUnsigned(
              rows.key().get(i).getBytes(UTF_8), replayed.key().get(i).getBytes(UTF_8));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private List<RowDifference> withColumns(List<RowDifference> differences) throws SQLException {
    List<RowDifference> result = new ArrayList<>();
    for (RowDifference one : differences) {
      result.add(
          one.side() == Side.BOTH
              ? new RowDifference(one.key(), one.side(), columns(one.key()))
              : one);
    }
    return result;
  }

  private List<String> columns(List<String> key) throws SQLException {
    String sql =
        COLUMNS.formatted(
            schema,
            table.name(),
            TemporaryTables.SCHEMA,
            each("x.%1$s = y.%1$s"),
            each("x.%1$s::text = ?"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < key.size(); i++) {
        statement.setString(i + 1, key.get(i));
      }
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }

  private String each(String condition) {
    return table.key().stream()
        .map(Column::name)
        .map(condition::formatted)
        .collect(Collectors.joining(" and "));
  }
}
