package io.countersign.eventlog.serialization;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.countersign.kernel.privacy.SealedText;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Derives the shape of an event from its class, following what the serializer follows. */
final class ShapeOf {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<Class<?>, String> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(int.class, "int"),
          Map.entry(Integer.class, "int"),
          Map.entry(long.class, "long"),
          Map.entry(Long.class, "long"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(Instant.class, "time"),
          Map.entry(UUID.class, "uuid"),
          Map.entry(SealedText.class, "sealed text"));

  private final Map<String, String> types = new LinkedHashMap<>();

  private ShapeOf() {}

  /** The shape of a record. */
  static Shape of(Class<?> event) {
    var shape = new ShapeOf();
    shape.members("", event);
    return new Shape(shape.types);
  }

  private void members(String path, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      add(name, component.getGenericType(), optional ? "?" : "");
    }
  }

  private void add(String path, Type type, String optional) {
    if (type instanceof ParameterizedType generic) {
      addContainer(path, generic, optional);
      return;
    }
    Class<?> raw = (Class<?>) type;
    Type value = valueOf(raw);
    if (SIMPLE.containsKey(raw)) {
      types.put(path, SIMPLE.get(raw) + optional);
    } else if (raw.isEnum()) {
      types.put(path, Shape.WORDS + words(raw) + optional);
    } else if (value != null) {
      add(path, value, optional);
    } else if (raw.isRecord()) {
      types.put(path, "object" + optional);
      members(path, raw);
    } else if (raw.isAnnotationPresent(JsonTypeInfo.class)) {
      addVariants(path, raw, optional);
    } else {
      throw new IllegalStateException(path + " is a " + raw.getName() + ", which has no shape");
    }
  }

  private void addContainer(String path, ParameterizedType type, String optional) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      types.put(path, "list" + optional);
      add(path + "[]", of[0], "");
    } else if ((type.getRawType() == Map.class || type.getRawType() == SortedMap.class)
        && of[0] == String.class) {
      types.put(path, "map" + optional);
      add(path + "{}", of[1], "");
    } else {
      throw new IllegalStateException(path + " is a " + type + ", which has no shape");
    }
  }

  private void addVariants(String path, Class<?> family, String optional) {
    String member = family.getAnnotation(JsonTypeInfo.class).property();
    JsonSubTypes.Type[] kinds = family.getAnnotation(JsonSubTypes.class).value();
    types.put(path, "variants by " + member + optional);
    for (JsonSubTypes.Type kind : kinds) {
      String variant = path + "<" + kind.name() + ">";
      types.put(variant, Shape.VARIANT);
      members(variant, kind.value());
    }
  }

  private static String words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> JSON.convertValue(constant, String.class))
        .collect(Collectors.joining("|"));
  }

  /** The type of what stands for the whole, when something does. */
  private static @Nullable Type valueOf(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (isValue(method) && method.getParameterCount() == 0) {
        return method.getGenericReturnType();
      }
    }
    return null;
  }

  private static boolean isValue(AnnotatedElement element) {
    return element.isAnnotationPresent(JsonValue.class);
  }
}
