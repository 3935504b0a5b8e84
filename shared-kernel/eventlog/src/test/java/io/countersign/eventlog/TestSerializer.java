package io.countersign.eventlog;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Jackson 3 with the fix of trap T3: without it a replay token cannot be read again. */
public final class TestSerializer {

  private TestSerializer() {}

  public static Serializer create() {
    return Jackson3Serializer.builder()
        .jsonMapperBuilderCustomizer(
            builder ->
                builder
                    .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder()
                            .allowIfSubType("org.axonframework.")
                            .build())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
        .build();
  }
}
