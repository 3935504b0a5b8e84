package io.countersign.eventlog.serialization;

import static io.countersign.eventlog.serialization.Bench.ADA;
import static io.countersign.eventlog.serialization.Bench.CHANGE;
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
import io.countersign.kernel.workitem.WorkItemEvent.AssignmentChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Commented;
import io.countersign.kernel.workitem.WorkItemEvent.FieldsChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Registered;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SealedTextTest {

  private final Bench bench = new Bench();

  static Iterable<EventType> types() {
    return Events.CATALOGUE.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theClearTextIsNowhereInTheBytes(EventType type) {
    byte[] clear = Samples.CLEAR.getBytes(StandardCharsets.UTF_8);
    Object sample = Samples.full(Events.CATALOGUE.classOf(type.name()).orElseThrow());
    assertThat(bench.json(sample))
        .doesNotContain(
            Samples.CLEAR,
            HexFormat.of().formatHex(clear),
            Base64.getUrlEncoder().withoutPadding().encodeToString(clear));
  }

  @Test
  void theSameTextIsSealedDifferentlyEachTime() {
    assertThat(bench.json(retitled("a"))).isNotEqualTo(bench.json(retitled("a")));
  }

  @Test
  void anEnvelopeReadFromItsFieldIsWrittenBackAsItIs() {
    byte[] bytes = bench.write(retitled("a title"));
    Retitled read = bench.read("workitem.Retitled", bytes);
    assertThat(read.title().clear()).isNull();
    assertThat(bench.write(read)).isEqualTo(bytes);
  }

  @Test
  void placesInMapsListsAndPeopleAreJsonPointersOfTheStoredPayload() {
    var clear = new FieldValue.Text(content("text"));
    var named = new FieldValue.Person(person(ADA, "Ada"));
    var changes = List.of(new FieldChange("a", null, clear), new FieldChange("b", named, clear));
    assertThat(bench.json(new FieldsChanged(ITEM, changes, CHANGE)))
        .contains(
            "\"at\":\"workitem.FieldsChanged/changes/0/after/text\"",
            "\"at\":\"workitem.FieldsChanged/changes/1/before/person/name\"",
            "\"at\":\"workitem.FieldsChanged/changes/1/after/text\"");
    assertThat(bench.json(Samples.full(Registered.class)))
        .contains("\"at\":\"workitem.Registered/fields/Custom.~0~1Text/text\"");
  }

  @Test
  void textMovedToAnotherFieldOrEventIsUnreadable() {
    String json = bench.json(retitled("a title"));
    String moved = json.replace("\"title\":", "\"text\":");
    Commented comment = bench.read("workitem.Commented", moved);
    assertThat(bench.cipher.open(comment.text())).isInstanceOf(Opened.Unreadable.class);
    String relabelled = moved.replace("workitem.Retitled/title", "workitem.Commented/text");
    comment = bench.read("workitem.Commented", relabelled);
    assertThat(bench.cipher.open(comment.text())).isInstanceOf(Opened.Unreadable.class);
    String elsewhere = json.replace("workitem.Retitled/title", "workitem.Commented/text");
    Retitled title = bench.read("workitem.Retitled", elsewhere);
    assertThat(title.title().envelope().at()).isEqualTo("workitem.Retitled/title");
  }

  @Test
  void textSwappedBetweenElementsOfAListIsUnreadable() {
    byte[] bytes =
        bench.write(
            new FieldsChanged(
                ITEM,
                List.of(
                    new FieldChange(
                        "f",
                        new FieldValue.Text(content("old")),
                        new FieldValue.Text(content("new")))),
                CHANGE));
    String swapped =
        text(bytes)
            .replace("\"before\":", "\"x\":")
            .replace("\"after\":", "\"before\":")
            .replace("\"x\":", "\"after\":");
    FieldsChanged read = bench.read("workitem.FieldsChanged", swapped);
    assertThat(List.of(read.changes().getFirst().before(), read.changes().getFirst().after()))
        .allSatisfy(
            value ->
                assertThat(bench.cipher.open(((FieldValue.Text) value).text()))
                    .isInstanceOf(Opened.Unreadable.class));
  }

  @Test
  void whatAnUpcasterMovedStaysReadable() {
    byte[] bytes = bench.write(retitled("a title"));
    ObjectNode tree = (ObjectNode) bench.events.getConverter().convert(bytes, JsonNode.class);
    tree.set("text", tree.remove("title"));
    Commented upcast =
        bench.events.deserialize(
            new SimpleSerializedObject<JsonNode>(
                tree, JsonNode.class, new SimpleSerializedType("workitem.Commented", "1")));
    assertThat(bench.cipher.open(upcast.text())).isEqualTo(new Opened.Text("a title"));
  }

  @Test
  void whatWasWrittenUnderAnEarlierNameStaysReadableInItsField() {
    String before = "workitem.TitleChanged/title";
    var envelope = bench.cipher.seal(ITEM.keyOwner(), Purpose.CONTENT, before, "old name");
    String json =
        bench
            .json(retitled("a title"))
            .replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"" + before + "\"")
            .replaceFirst("\"sealed\":\"[^\"]*\"", "\"sealed\":\"" + envelope.sealed() + "\"");
    Retitled read = bench.read("workitem.Retitled", json);
    assertThat(bench.cipher.open(read.title())).isEqualTo(new Opened.Text("old name"));
    Commented moved = bench.read("workitem.Commented", json.replace("\"title\":", "\"text\":"));
    assertThat(bench.cipher.open(moved.text())).isInstanceOf(Opened.Unreadable.class);
  }

  @Test
  void textCarriedOverFromAnotherEventIsSealedForItsNewField() {
    Retitled read = bench.read("workitem.Retitled", bench.write(retitled("a")));
    byte[] carried = bench.write(new Commented(ITEM, read.title(), CHANGE));
    Commented comment = bench.read("workitem.Commented", carried);
    assertThat(text(carried)).contains("\"at\":\"workitem.Commented/text\"");
    assertThat(bench.cipher.open(comment.text())).isEqualTo(new Opened.Text("a"));
  }

  @Test
  void erasedTextCarriedOverUsesNoKeyAndStaysErased() {
    byte[] bytes = bench.write(new AssignmentChanged(ITEM, person(ADA, "Ada"), null, CHANGE));
    AssignmentChanged read = bench.read("workitem.AssignmentChanged", bytes);
    assertThat(SealedKeys.in(bytes)).hasSize(1);
    bench.keys.destroy(ADA.keyOwner());
    byte[] carried = bench.write(new AssignmentChanged(ITEM, null, read.from(), CHANGE));
    assertThat(SealedKeys.in(carried)).isEmpty();
    assertThat(text(carried))
        .contains("\"at\":\"workitem.AssignmentChanged/to/name\",\"sealed\":\"\"");
    AssignmentChanged again = bench.read("workitem.AssignmentChanged", carried);
    assertThat(bench.cipher.open(again.to().name())).isEqualTo(new Opened.Erased());
  }

  @Test
  void clearTextOfAnErasedOwnerIsWrittenAsErased() {
    bench.write(new AssignmentChanged(ITEM, null, person(ADA, "Ada"), CHANGE));
    bench.keys.destroy(ADA.keyOwner());
    byte[] bytes = bench.write(new AssignmentChanged(ITEM, null, person(ADA, "Ada"), CHANGE));
    assertThat(text(bytes)).doesNotContain("Ada\"").contains("\"sealed\":\"\"");
    assertThat(SealedKeys.in(bytes)).isEmpty();
    AssignmentChanged read = bench.read("workitem.AssignmentChanged", bytes);
    assertThat(bench.cipher.open(read.to().name())).isEqualTo(new Opened.Erased());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"in clear\"",
        "{\"owner\":\"o\",\"purpose\":\"content\",\"at\":\"a\",\"sealed\":\"in clear\"}",
        "{\"owner\":\"o\",\"purpose\":\"in clear\",\"key\":"
            + "\"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10\",\"at\":\"a\",\"sealed\":\"s\"}",
        "{\"owner\":\"o\",\"purpose\":\"content\",\"key\":\"in clear\",\"at\":\"a\",\"sealed\":\"\"}"
      })
  void whatIsNoEnvelopeIsRefusedWithoutSayingWhatItIs(String title) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                bench.read(
                    "workitem.Retitled",
                    "{\"workItem\":\"workitem:fabrikam:1\",\"title\":" + title + "}"))
        .withMessage("workitem.Retitled revision 1 cannot be read at /title")
        .withNoCause();
  }
}
