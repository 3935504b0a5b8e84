package io.countersign.query.stream;

import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.TEXT;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/**
 * The table of streams. Ids and types are text that is not cut, as SQL takes them from the log,
 * which indexes the same ids.
 */
final class StreamTables {

  static final Column TYPE = Column.first("type", TEXT);
  static final Column ENTRIES = Column.of("entries", BIGINT);
  static final Column FIRST_INDEX = Column.first("first_index", BIGINT);
  static final Column FIRST_AT = Column.first("first_at", TIMESTAMP);
  static final Column LAST_AT = Column.of("last_at", TIMESTAMP);

  static final Table STREAM =
      new Table(
          "stream",
          List.of(Column.of("id", TEXT)),
          List.of(TYPE, ENTRIES, FIRST_INDEX, FIRST_AT, LAST_AT));

  private StreamTables() {}
}
