package io.countersign.peers.projection;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import jakarta.persistence.MappedSuperclass;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of the work items' projection as an entity: its fields are named like the columns. What the
 * fold changes is set on it, and an earlier value meets a later one as the columns say.
 */
@MappedSuperclass
abstract class TableRow {

  /** The entities, by table. */
  static final Map<String, Class<? extends TableRow>> ALL =
      Map.of(
          "work_item", WorkItemEntity.class,
          "work_item_state_history", StateHistoryEntity.class,
          "work_item_delivery", DeliveryEntity.class,
          "work_item_comment", CommentEntity.class,
          "work_item_link", LinkEntity.class,
          "work_item_field", FieldEntity.class,
          "work_item_transition_request", TransitionRequestEntity.class);

  private static final Map<String, Field> FIELDS = new ConcurrentHashMap<>();

  long lastIndex;

  TableRow() {}

  static Class<? extends TableRow> ofTable(Table table) {
    Class<? extends TableRow> type = ALL.get(table.name());
    if (type == null) {
      throw new IllegalArgumentException(table.name() + " has no entity");
    }
    return type;
  }

  /** A primary key as JPA wants it: the value itself, or the record that is the entity's key. */
  static Object id(Class<? extends TableRow> type, List<Object> key) {
    if (key.size() == 1) {
      return key.getFirst();
    }
    try {
      Constructor<?> constructor = type.getDeclaredClasses()[0].getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(key.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no key of " + key.size(), e);
    }
  }

  /** A new row with the key of a change. */
  static TableRow create(Class<? extends TableRow> type, RowChange change) {
    try {
      TableRow row = type.getDeclaredConstructor().newInstance();
      for (int i = 0; i < change.key().size(); i++) {
        row.field(change.table().key().get(i)).set(row, change.key().get(i));
      }
      return row;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** Does what an event does to it. */
  void change(long index, RowChange change) {
    List<Column> guards = new ArrayList<>();
    change
        .cells()
        .forEach(
            (column, value) -> {
              if (column.merge() == Column.Merge.GREATEST) {
                guards.add(column); // last: others are compared with what it was before
              } else {
                set(column, merged(column, value, change));
              }
            });
    guards.forEach(guard -> set(guard, merged(guard, change.cells().get(guard), change)));
    lastIndex = index;
  }

  private @Nullable Object merged(Column column, @Nullable Object value, RowChange change) {
    Object before = get(column);
    return switch (column.merge()) {
      case LAST -> value;
      case FIRST -> before == null ? value : before;
      case GREATEST -> number(value) > number(before) ? value : before;
      case NEWEST -> isNewer(column, change) ? value : before;
      case UNION -> "{%s}".formatted(inner(before) + value);
    };
  }

  private boolean isNewer(Column column, RowChange change) {
    Column guard = column.guard();
    return guard == null || number(change.cells().get(guard)) >= number(get(guard));
  }

  private static int number(@Nullable Object value) {
    return value == null ? 0 : (Integer) value;
  }

  /** Ranges without their braces, with a comma after them when there are any. */
  private static String inner(@Nullable Object ranges) {
    String text = String.valueOf(ranges);
    return text.length() <= 2 ? "" : text.substring(1, text.length() - 1) + ",";
  }

  private @Nullable Object get(Column column) {
    try {
      return field(column).get(this);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void set(Column column, @Nullable Object value) {
    try {
      field(column).set(this, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Field field(Column column) {
    return FIELDS.computeIfAbsent(
        getClass().getName() + column.name(),
        _ -> {
          try {
            Field field = getClass().getDeclaredField(javaName(column.name()));
            field.setAccessible(true);
            return field;
          } catch (NoSuchFieldException e) {
            throw new IllegalStateException("the entity lacks " + column.name(), e);
          }
        });
  }

  private static String javaName(String column) {
    var name = new StringBuilder();
    for (String word : column.split("_")) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
