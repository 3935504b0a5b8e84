package io.countersign.eventlog.serialization;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * How everything stored is written: compact, members in the order of record components, maps by
 * key, absent values left out, times in ISO-8601. The same object always gives the same bytes (but
 * for nonces). Unknown members are skipped when reading, so that members can be added.
 */
final class StoredJson {

  private StoredJson() {}

  /**
   * Applies the rules.
   *
   * @param resetContexts classes that may be named as the context of a replay token, beside Axon's
   *     own classes and simple values
   */
  static void configure(JsonMapper.Builder json, List<Class<?>> resetContexts) {
    json.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .changeDefaultPropertyInclusion(
            _ ->
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .polymorphicTypeValidator(typeIds(resetContexts));
  }

  /**
   * Which class names in stored JSON are followed. Axon 4.13.0 writes the class of a token and of a
   * reset context ({@code ReplayToken}), and out of the box Jackson refuses to read the latter.
   */
  private static BasicPolymorphicTypeValidator typeIds(List<Class<?>> resetContexts) {
    var allowed =
        BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.axonframework.eventhandling.")
            .allowIfSubType("org.axonframework.eventsourcing.")
            .allowIfSubType("io.countersign.")
            .allowIfSubType(String.class)
            .allowIfSubType(Number.class)
            .allowIfSubType(Boolean.class);
    resetContexts.forEach(allowed::allowIfSubType);
    return allowed.build();
  }
}
