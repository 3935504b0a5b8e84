package io.countersign.query.replay;

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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a table of a projection and its replayed counterpart side by side, both in order of the
 * keys as text, by bytes. The replayed rows may lie on several connections. Neither side is held in
 * memory.
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

  private static final int ROWS_A_REPORT = 10_000;

  private final Connection connection;
  private final List<Connection> replay;
  private final String schema;
  private final Table table;

  /**
   * Of one table.
   *
   * @param connection sees the projection's rows
   * @param replay each sees a share of the replayed rows, and the projection's as well
   * @param schema where the projection's tables lie
   */
  TableComparison(Connection connection, List<Connection> replay, String schema, Table table) {
    this.connection = connection;
    this.replay = replay;
    this.schema = schema;
    this.table = table;
  }

  /** A difference, and who sees both sides of it. */
  private record Found(RowDifference difference, Connection sees) {}

  /**
   * Compares.
   *
   * @param meanwhile called now and then; what it throws ends it
   */
  ComparedTable run(Runnable meanwhile) throws SQLException {
    List<Found> first = new ArrayList<>();
    long differing = 0;
    try (var rows = new OrderedRows(List.of(connection), schema, table);
        var replayed = new OrderedRows(replay, TemporaryTables.SCHEMA, table)) {
      start(rows, replayed);
      rows.next();
      replayed.next();
      for (long row = 1; rows.hasRow() || replayed.hasRow(); row++) {
        if (row % ROWS_A_REPORT == 0) {
          meanwhile.run();
        }
        int order = order(rows, replayed);
        if (order != 0 || !Arrays.equals(rows.row().row(), replayed.row().row())) {
          differing++;
          if (first.size() < ComparedTable.LONGEST_LIST) {
            first.add(found(order, rows, replayed));
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

  /** All sort at the same time, each on its connection. */
  private static void start(OrderedRows rows, OrderedRows replayed) {
    CompletableFuture.allOf(
            Stream.of(rows, replayed)
                .flatMap(side -> side.cursors().stream())
                .map(
                    cursor -> CompletableFuture.runAsync(cursor::start, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static int order(OrderedRows rows, OrderedRows replayed) {
    if (!rows.hasRow() || !replayed.hasRow()) {
      return rows.hasRow() ? -1 : 1;
    }
    return rows.row().compareKey(replayed.row());
  }

  private static Found found(int order, OrderedRows rows, OrderedRows replayed) {
    Side side = order < 0 ? Side.PROJECTION : order > 0 ? Side.REPLAY : Side.BOTH;
    RowCursor where = order < 0 ? rows.row() : replayed.row();
    return new Found(new RowDifference(where.key(), side, List.of()), where.connection());
  }

  private List<RowDifference> withColumns(List<Found> found) throws SQLException {
    List<RowDifference> result = new ArrayList<>();
    for (Found one : found) {
      RowDifference difference = one.difference();
      result.add(
          difference.side() == Side.BOTH
              ? new RowDifference(
                  difference.key(), difference.side(), columns(one.sees(), difference.key()))
              : difference);
    }
    return result;
  }

  private List<String> columns(Connection sees, List<String> key) throws SQLException {
    String sql =
        COLUMNS.formatted(
            schema,
            table.name(),
            TemporaryTables.SCHEMA,
            each("x.%1$s = y.%1$s"),
            each("x.%1$s::text = ?"));
    try (PreparedStatement statement = sees.prepareStatement(sql)) {
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
