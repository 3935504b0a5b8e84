package io.countersign.eventlog.serialization;

import static io.countersign.eventlog.serialization.Bench.ITEM;
import static io.countersign.eventlog.serialization.Bench.content;
import static io.countersign.eventlog.serialization.Bench.person;
import static io.countersign.eventlog.serialization.Bench.retitled;
import static io.countersign.eventlog.serialization.Bench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.WorkItemEvent.FieldsChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CatalogueSerializerTest {

  private final Bench bench = new Bench();
  private final CatalogueSerializer serializer = bench.events;

  static Iterable<EventType> types() {
    return Events.CATALOGUE.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesAreLogicalNamesAndRevisionsAndNeverClassNames(EventType type) {
    Class<?> event = Events.CATALOGUE.classOf(type.name()).orElseThrow();
    var stored = serializer.serialize(Samples.full(event), byte[].class);
    assertThat(stored.getType())
        .isEqualTo(new SimpleSerializedType(type.name(), Integer.toString(type.revision())));
    assertThat(serializer.classForType(stored.getType())).isEqualTo(event);
    assertThat(text(stored.getData())).doesNotContain("io.countersign", "@class", "@type");
  }

  @Test
  void theStoredFormIsCompactInComponentOrderAndSealedForItsField() {
    assertThat(bench.json(retitled("a title")))
        .startsWith(
            """
            {"workItem":"workitem:fabrikam:299","title":{"owner":"workitem:fabrikam:299",\
            "purpose":"content","key":"%s","at":"workitem.Retitled/title","sealed":\""""
                .formatted(bench.key(ITEM.keyOwner(), Purpose.CONTENT)))
        .endsWith(
            """
            "},"change":{"updateId":3,"revision":3,"changedAt":"2026-11-20T10:00:00Z"}}""");
  }

  @Test
  void theKindsOfFieldValuesAreToldApartByWordsAndReadBack() {
    var event =
        new FieldsChanged(
            ITEM,
            List.of(
                new FieldChange("a", null, new FieldValue.Plain("1")),
                new FieldChange("b", new FieldValue.Text(content("said")), null),
                new FieldChange("c", null, new FieldValue.Person(person(Bench.ADA, "Ada")))),
            Bench.CHANGE);
    byte[] bytes = bench.write(event);
    assertThat(text(bytes))
        .contains(
            "{\"field\":\"a\",\"after\":{\"kind\":\"plain\",\"value\":\"1\"}}",
            "{\"field\":\"b\",\"before\":{\"kind\":\"text\",\"text\":{\"owner\":",
            "{\"field\":\"c\",\"after\":{\"kind\":\"person\",\"person\":{\"id\":\"");
    Object read = bench.read("workitem.FieldsChanged", bytes);
    assertThat(Opening.all(read, bench.cipher)).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "io.countersign.kernel.workitem.FieldValue$Plain"})
  void anUnknownKindOfFieldValueIsRefusedByItsPlace(String kind) {
    String json =
        """
        {"workItem":"workitem:fabrikam:1","changes":[{"field":"f","after":{"kind":"%s","value":"1"}}],\
        "change":{"updateId":3,"revision":3,"changedAt":"2026-11-20T10:00:00Z"}}"""
            .formatted(kind);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> bench.read("workitem.FieldsChanged", json))
        .withMessage("workitem.FieldsChanged revision 1 cannot be read at /changes/0/after")
        .withNoCause();
    FieldsChanged plain = bench.read("workitem.FieldsChanged", json.replace(kind, "plain"));
    assertThat(plain.changes().getFirst().after()).isEqualTo(new FieldValue.Plain("1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workitem.FromTheFuture",
        "java.lang.String",
        "java.util.HashMap",
        "io.countersign.kernel.workitem.WorkItemEvent$Retitled"
      })
  void unknownNamesAreUnknownTypesAndClassNamesAreNeverFollowed(String name) {
    var type = new SimpleSerializedType(name, "1");
    assertThat(serializer.classForType(type)).isEqualTo(UnknownSerializedType.class);
    Object read =
        serializer.deserialize(
            new SimpleSerializedObject<>(
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8), byte[].class, type));
    assertThat(read).isInstanceOf(UnknownSerializedType.class);
    assertThat(((UnknownSerializedType) read).readData(JsonNode.class).get("a").asInt())
        .isEqualTo(1);
  }

  @Test
  void anotherRevisionThanTheCataloguesIsRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> serializer.classForType(new SimpleSerializedType("workitem.Deleted", "2")))
        .withMessage("workitem.Deleted is stored in revision 2, this version reads up to 1");
  }

  @Test
  void whatIsNotCataloguedIsNotWritten() {
    record Stray(String value) {}
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serializer.serialize(new Stray("x"), byte[].class))
        .withMessageContaining("is not in the catalogue");
  }

  @Test
  void metadataIsWrittenByKeyAndReadsBack() {
    MetaData metadata =
        MetaData.with("correlationId", "c").and("actor", "source:x").and("causationId", "m");
    var stored = serializer.serialize(metadata, byte[].class);
    assertThat(text(stored.getData()))
        .isEqualTo("{\"actor\":\"source:x\",\"causationId\":\"m\",\"correlationId\":\"c\"}");
    MetaData read = serializer.deserialize(stored);
    assertThat(read).isEqualTo(metadata);
  }

  @Test
  void unknownMembersAreSkippedEvenInsideSealedText() {
    String json = bench.json(retitled("a"));
    for (String before : List.of("{\"workItem\"", "\"owner\"", "\"updateId\"")) {
      String later = before.startsWith("{") ? "{\"later\":{\"x\":[1]}," : "\"later\":{\"x\":[1]},";
      String longer = json.replace(before, later + before.replace("{", ""));
      assertThat(longer).isNotEqualTo(json);
      Retitled read = bench.read("workitem.Retitled", longer);
      assertThat(bench.cipher.open(read.title())).isEqualTo(new Opened.Text("a"));
      assertThat(bench.json(read)).isEqualTo(json);
    }
  }

  @Test
  void errorsOfReadingSayThePlaceAndNotTheValue() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                bench.read(
                    "workitem.GapDetected",
                    "{\"workItem\":\"workitem:fabrikam:1\",\"from\":\"secret\",\"to\":2}"))
        .withMessage("workitem.GapDetected revision 1 cannot be read at /from")
        .withNoCause();
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> bench.read("workitem.GapDetected", "secret"))
        .withMessage("workitem.GapDetected revision 1 cannot be read")
        .withNoCause();
  }
}
