package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows of one table with one statement: new ones are inserted, known ones take the
 * columns that were set, unless they already saw an entry as late. {@code merge} and not {@code
 * insert on conflict}, because rows set different columns. Two writers of one new row would
 * collide; a row has one writer, and the loser is rolled back with its token.
 */
final class MergeStatement {

  private final Table table;
  private final String sql;

  MergeStatement(String schema, Table table) {
    this.table = table;
    this.sql = sql(schema, table);
  }

  /** Runs it and says how many rows were written. */
  int execute(Connection connection, Collection<RowBuffer.Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (int i = 0; i < table.key().size(); i++) {
        int place = i;
        bind(statement, parameter++, table.key().get(i), rows, row -> row.key.get(place), false);
      }
      for (int i = 0; i < table.columns().size(); i++) {
        int place = i;
        bind(statement, parameter++, table.columns().get(i), rows, row -> row.values[place], true);
      }
      statement.setArray(
          parameter++,
          connection.createArrayOf("int8", rows.stream().map(row -> row.set).toArray()));
      statement.setArray(
          parameter,
          connection.createArrayOf("int8", rows.stream().map(row -> row.lastIndex).toArray()));
      return statement.executeUpdate();
    }
  }

  private interface Cell {
    @Nullable Object of(RowBuffer.Row row);
  }

  private static void bind(
      PreparedStatement statement,
      int parameter,
      Column column,
      Collection<RowBuffer.Row> rows,
      Cell cell,
      boolean raw)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int i = 0;
    for (RowBuffer.Row row : rows) {
      Object value = cell.of(row);
      values[i++] = value == null || !raw ? value : column.type().bind(value);
    }
    statement.setArray(
        parameter, statement.getConnection().createArrayOf(column.type().element(), values));
  }

  private static String sql(String schema, Table table) {
    List<Column> all = new ArrayList<>(table.key());
    all.addAll(table.columns());
    return """
        merge into %s.%s as t
        using unnest(%s) as s (%s, set_columns, last_index)
        on %s
        when matched and s.last_index > t.last_index then update set %s
        when not matched then insert (%s, last_index) values (%s, s.last_index)
        """
        .formatted(
            schema,
            table.name(),
            all.stream()
                    .map(c -> "?::" + c.type().element() + "[]")
                    .collect(Collectors.joining(", "))
                + ", ?::int8[], ?::int8[]",
            names(all),
            table.key().stream()
                .map(c -> "t.%1$s = s.%1$s".formatted(c.name()))
                .collect(Collectors.joining(" and ")),
            updates(table),
            names(all),
            table.key().stream()
                    .map(c -> "s." + c.name())
                    .collect(Collectors.joining(", ", "", table.columns().isEmpty() ? "" : ", "))
                + table.columns().stream()
                    .map(MergeStatement::inserted)
                    .collect(Collectors.joining(", ")));
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String inserted(Column column) {
    String value = column.type().cast("s." + column.name());
    return column.initial() == null ? value : "coalesce(%s, %s)".formatted(value, column.initial());
  }

  private static String updates(Table table) {
    return IntStream.range(0, table.columns().size())
            .mapToObj(place -> update(table.columns().get(place), place) + ", ")
            .collect(Collectors.joining())
        + "last_index = s.last_index";
  }

  private static String update(Column column, int place) {
    String name = column.name();
    String value = column.type().cast("s." + name);
    String merged =
        switch (column.merge()) {
          case LAST, NEWEST -> value;
          case FIRST -> "coalesce(t.%s, %s)".formatted(name, value);
          case UNION -> "t.%s + %s".formatted(name, value);
          case GREATEST -> "greatest(t.%s, %s)".formatted(name, value);
        };
    Column guard = column.guard();
    String newer =
        guard == null
            ? ""
            : " and coalesce(s.%1$s, 0) >= coalesce(t.%1$s, 0)".formatted(guard.name());
    return "%1$s = case when s.set_columns & %2$d <> 0%3$s then %4$s else t.%1$s end"
        .formatted(name, 1L << place, newer, merged);
  }
}
