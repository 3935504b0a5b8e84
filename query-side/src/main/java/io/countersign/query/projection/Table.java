package io.countersign.query.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of a read model. Every table also has {@code last_index bigint not null}: the entry that
 * changed the row last, which guards it against changes that come again. A row's changes all stem
 * from one aggregate, so that one segment writes it.
 */
public final class Table {

  private static final int MOST_COLUMNS = 62;

  private final String name;
  private final List<Column> key;
  private final List<Column> columns;
  private final Map<Column, Integer> ordinals = new HashMap<>();
  private final Map<String, MergeStatement> statements = new ConcurrentHashMap<>();

  /**
   * A table.
   *
   * @param name without schema
   * @param key columns of the primary key
   * @param columns all others but {@code last_index}, at most 62
   */
  public Table(String name, List<Column> key, List<Column> columns) {
    if (key.isEmpty() || columns.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException(name + " needs a key and at most 62 columns");
    }
    this.name = name;
    this.key = List.copyOf(key);
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      ordinals.put(columns.get(i), i);
    }
  }

  /** Name without schema. */
  public String name() {
    return name;
  }

  /** Columns of the primary key. */
  public List<Column> key() {
    return key;
  }

  /** All other columns but {@code last_index}. */
  public List<Column> columns() {
    return columns;
  }

  /** Starts a change of the row with this key. */
  public RowChange.Builder row(Object... keyValues) {
    if (keyValues.length != key.size()) {
      throw new IllegalArgumentException(name + " has a key of " + key.size());
    }
    List<Object> bound = new ArrayList<>(keyValues.length);
    for (int i = 0; i < keyValues.length; i++) {
      bound.add(key.get(i).type().bind(keyValues[i]));
    }
    return new RowChange.Builder(this, bound);
  }

  /** Place of a column, or nothing when it is none of this table. */
  @Nullable Integer ordinal(Column column) {
    return ordinals.get(column);
  }

  /** The statement that writes its rows in a schema. */
  MergeStatement statement(String schema) {
    return statements.computeIfAbsent(schema, s -> new MergeStatement(s, this));
  }

  @Override
  public String toString() {
    return "Table[" + name + "]";
  }
}
