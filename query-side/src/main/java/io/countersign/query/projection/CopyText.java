package io.countersign.query.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** New rows of a table in the text format of PostgreSQL's {@code COPY}. */
final class CopyText {

  private final Table table;
  private final StringBuilder text = new StringBuilder();
  private int rows;

  CopyText(Table table) {
    this.table = table;
  }

  /** Adds a row that is not there yet. */
  void add(RowBuffer.Row row) {
    for (Object value : row.key) {
      cell(value);
      text.append('\t');
    }
    for (int i = 0; i < row.values.length; i++) {
      Column column = table.columns().get(i);
      Object value = row.values[i];
      if (value != null) {
        cell(column.type().bind(value));
      } else {
        initial(column.initial());
      }
      text.append('\t');
    }
    text.append(row.lastIndex).append('\n');
    rows++;
  }

  private void initial(@Nullable String literal) {
    if (literal == null) {
      text.append("\\N");
    } else {
      cell(literal.startsWith("'") ? literal.substring(1, literal.length() - 1) : literal);
    }
  }

  private void cell(Object value) {
    String cell = value.toString();
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }

  int rows() {
    return rows;
  }

  String statement(String schema) {
    return "copy %s.%s (%s, last_index) from stdin"
        .formatted(
            schema,
            table.name(),
            Stream.concat(table.key().stream(), table.columns().stream())
                .map(Column::name)
                .collect(Collectors.joining(", ")));
  }

  InputStream bytes() {
    return new ByteArrayInputStream(text.toString().getBytes(UTF_8));
  }
}
