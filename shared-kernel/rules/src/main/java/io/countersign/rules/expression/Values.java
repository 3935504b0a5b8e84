package io.countersign.rules.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Java values as CEL knows them: whole numbers are Long, decimals Double, times Instant, everything
 * with a name is text. A null is left out: unknown is absent.
 */
public final class Values {

  private Values() {}

  /**
   * A map of normal values.
   *
   * @throws IllegalArgumentException for a value that has no counterpart
   */
  public static Map<String, Object> normal(Map<?, ?> map) {
    Map<String, Object> normal = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          Object known = normalOrNull(value);
          if (known != null) {
            normal.put(String.valueOf(key), known);
          }
        });
    return normal;
  }

  private static List<Object> normal(Collection<?> list) {
    var normal = new ArrayList<Object>();
    for (Object element : list) {
      Object known = normalOrNull(element);
      if (known != null) {
        normal.add(known);
      }
    }
    return normal;
  }

  private static @Nullable Object normalOrNull(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case Double number -> number;
      case Float number -> number.doubleValue();
      case BigInteger number -> number.longValueExact();
      case BigDecimal number -> number.doubleValue();
      case Instant time -> time;
      case OffsetDateTime time -> time.toInstant();
      case Enum<?> word -> word.toString();
      case java.util.UUID id -> id.toString();
      case Map<?, ?> map -> normal(map);
      case Collection<?> list -> normal(list);
      default ->
          throw new IllegalArgumentException(
              "a condition cannot see a " + value.getClass().getSimpleName());
    };
  }
}
