package io.countersign.eventlog.serialization;

import io.countersign.kernel.Actor;
import io.countersign.kernel.escalation.Cause;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.resource.ResourceId;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an instance of any event, the same in every run: with all it can hold, or with least. */
final class Samples {

  /** Whose key seals the text in all samples. */
  static final KeyOwner OWNER = new KeyOwner("workitem:fabrikam:299");

  /** The text in all samples. */
  static final String CLEAR = "Zo\u00eb wrote this";

  private final boolean full;

  private Samples(boolean full) {
    this.full = full;
  }

  /** Every component is there; collections hold one element of each kind. */
  static Object full(Class<?> event) {
    return new Samples(true).record(event, 0);
  }

  /** Everything that may be absent is; collections are empty. */
  static Object sparse(Class<?> event) {
    return new Samples(false).record(event, 0);
  }

  /** Variant n holds the n-th kind of each sealed component. */
  private Object record(Class<?> type, int variant) {
    if (type == ProjectId.class) {
      return new ProjectId(new OrganizationId("fabrikam"), "6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c");
    }
    if (type == ResourceId.class) {
      return ResourceId.parse("pullrequest:fabrikam:6ce954b1/7");
    }
    if (type == Actor.class) {
      return Actor.principal("ann");
    }
    if (type == Plan.class) {
      return plan();
    }
    if (type == SealedText.class) {
      return SealedText.of(OWNER, Purpose.CONTENT, CLEAR);
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = component(components[i], variant);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("give " + type + " a sample of its own here", e);
    }
  }

  private static Plan plan() {
    Instant from = Instant.parse("2026-11-20T10:00:00.120Z");
    return new Plan(
        1,
        "ab".repeat(32),
        1_800,
        List.of(
            new Plan.Step(1, "security_team", from),
            new Plan.Step(2, "security_architect", from.plusSeconds(1_800)),
            new Plan.Step(3, "chief_security_officer", from.plusSeconds(3_600))));
  }

  private Object component(RecordComponent component, int variant) {
    AnnotatedType annotated = component.getAnnotatedType();
    if (!full && annotated.isAnnotationPresent(Nullable.class)) {
      return null;
    }
    if (component.getDeclaringRecord() == OrganizationId.class) {
      return "fabrikam";
    }
    if (component.getDeclaringRecord() == Cause.class && component.getName().equals("kind")) {
      return "transition-violated";
    }
    List<Object> kinds = values(component.getGenericType(), component.getName());
    return kinds.get(variant % kinds.size());
  }

  /** One value of each kind the type can be. */
  private List<Object> values(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      return List.of(container(generic, name));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isSealed()) {
      List<Object> all = new ArrayList<>();
      for (Class<?> kind : raw.getPermittedSubclasses()) {
        all.addAll(values(kind, name));
      }
      return all;
    }
    if (raw.isRecord()) {
      List<Object> all = new ArrayList<>();
      for (int variant = 0; variant < variants(raw); variant++) {
        all.add(record(raw, variant));
      }
      return all;
    }
    return List.of(single(raw, name));
  }

  private static int variants(Class<?> record) {
    int variants = 1;
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getType().isSealed()) {
        variants = Math.max(variants, component.getType().getPermittedSubclasses().length);
      }
    }
    return variants;
  }

  private Object container(ParameterizedType type, String name) {
    if (type.getRawType() == List.class) {
      return full ? values(type.getActualTypeArguments()[0], name) : List.of();
    }
    if (type.getRawType() != Map.class) {
      throw new IllegalStateException("no sample for " + type);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    if (full) {
      for (Object value : values(type.getActualTypeArguments()[1], name)) {
        map.put("Custom.~/" + value.getClass().getSimpleName(), value);
      }
    }
    return map;
  }

  private Object single(Class<?> type, String name) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == String.class) {
      return name + " \u20ac";
    }
    if (type == int.class || type == Integer.class) {
      return 7;
    }
    if (type == long.class || type == Long.class) {
      return 9_007_199_254_740_993L;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    if (type == Instant.class) {
      return Instant.parse("2026-11-20T10:00:00.120Z");
    }
    if (type == UUID.class) {
      return UUID.fromString("0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10");
    }
    throw new IllegalStateException("no sample for " + type);
  }
}
