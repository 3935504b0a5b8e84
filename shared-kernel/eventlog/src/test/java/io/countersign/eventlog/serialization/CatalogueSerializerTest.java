package io.countersign.eventlog.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.MapKeyRing;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.AssignmentChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Commented;
import io.countersign.kernel.workitem.WorkItemEvent.FieldsChanged;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import io.countersign.kernel.workitem.WorkItemId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CatalogueSerializerTest {

  private static final WorkItemId ITEM = new WorkItemId(new OrganizationId("fabrikam"), 299);
  private static final SourceChange CHANGE =
      new SourceChange(3, 3, Instant.parse("2026-11-20T10:00:00Z"), null);
  private static final SubjectId ADA = new SubjectId(new UUID(1, 2));

  private final MapKeyRing keys = new MapKeyRing();
  private final TextCipher cipher = new AesTextCipher(keys, new SecureRandom());
  private final CatalogueSerializer serializer = CatalogueSerializer.of(Events.CATALOGUE, cipher);

  @Test
  void typesAreLogicalNamesAndRevisionsInBothDirections() {
    var stored = serializer.serialize(retitled("a title"), byte[].class);
    assertThat(stored.getType()).isEqualTo(new SimpleSerializedType("workitem.Retitled", "1"));
    assertThat(serializer.classForType(stored.getType())).isEqualTo(Retitled.class);
    assertThat(text(stored.getData())).doesNotContain("a title", "io.countersign");
  }

  @Test
  void theStoredFormIsCompactInComponentOrderAndSealedForItsField() {
    byte[] bytes = serializer.serialize(retitled("a title"), byte[].class).getData();
    UUID key = keys.keyFor(ITEM.keyOwner(), "content").id();
    assertThat(text(bytes))
        .startsWith(
            """
            {"workItem":"workitem:fabrikam:299","title":{"owner":"workitem:fabrikam:299",\
            "purpose":"content","key":"%s","at":"workitem.Retitled/title","sealed":\""""
                .formatted(key))
        .endsWith(
            """
            "},"change":{"updateId":3,"revision":3,"changedAt":"2026-11-20T10:00:00Z"}}""");
  }

  @Test
  void placesInMapsListsAndPeopleAreJsonPointersOfTheStoredPayload() {
    SealedText clear = sealed("text");
    var change = new FieldChange("System.Description", null, new FieldValue.Text(clear));
    var person =
        new FieldChange(
            "Custom.Owner",
            new FieldValue.Person(new Person(ADA, sealedName("Ada"))),
            new FieldValue.Text(clear));
    String json =
        text(
            serializer
                .serialize(new FieldsChanged(ITEM, List.of(change, person), CHANGE), byte[].class)
                .getData());
    assertThat(json)
        .contains(
            "\"at\":\"workitem.FieldsChanged/changes/0/after/text\"",
            "\"at\":\"workitem.FieldsChanged/changes/1/before/person/name\"",
            "\"at\":\"workitem.FieldsChanged/changes/1/after/text\"");
    WorkItemEvent.Registered registered =
        (WorkItemEvent.Registered) Samples.full(WorkItemEvent.Registered.class);
    String map = text(serializer.serialize(registered, byte[].class).getData());
    assertThat(map).contains("\"at\":\"workitem.Registered/fields/Custom.~0~1Text/text\"");
  }

  @Test
  void textMovedToAnotherFieldOrEventIsUnreadable() {
    byte[] bytes = serializer.serialize(retitled("a title"), byte[].class).getData();
    String moved = text(bytes).replace("\"title\":", "\"text\":");
    Commented comment = read("workitem.Commented", moved.getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.open(comment.text())).isInstanceOf(Opened.Unreadable.class);
    String relabelled = moved.replace("workitem.Retitled/title", "workitem.Commented/text");
    comment = read("workitem.Commented", relabelled.getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.open(comment.text())).isInstanceOf(Opened.Unreadable.class);
  }

  @Test
  void whatAnUpcasterMovedOrRenamedStaysReadable() {
    byte[] bytes = serializer.serialize(retitled("a title"), byte[].class).getData();
    ObjectNode tree = (ObjectNode) serializer.getConverter().convert(bytes, JsonNode.class);
    tree.set("text", tree.remove("title"));
    Commented upcast =
        serializer.deserialize(
            new SimpleSerializedObject<JsonNode>(
                tree, JsonNode.class, new SimpleSerializedType("workitem.Commented", "1")));
    assertThat(cipher.open(upcast.text())).isEqualTo(new Opened.Text("a title"));
    var before =
        cipher.seal(ITEM.keyOwner(), Purpose.CONTENT, "workitem.TitleChanged/title", "old name");
    String renamed =
        text(bytes)
            .replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"workitem.TitleChanged/title\"")
            .replaceFirst("\"sealed\":\"[^\"]*\"", "\"sealed\":\"" + before.sealed() + "\"");
    Retitled read = read("workitem.Retitled", renamed.getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.open(read.title())).isEqualTo(new Opened.Text("old name"));
  }

  @Test
  void textCarriedOverFromAnotherEventIsSealedForItsNewField() {
    Retitled read =
        read("workitem.Retitled", serializer.serialize(retitled("a"), byte[].class).getData());
    byte[] carried =
        serializer.serialize(new Commented(ITEM, read.title(), CHANGE), byte[].class).getData();
    Commented comment = read("workitem.Commented", carried);
    assertThat(text(carried)).contains("\"at\":\"workitem.Commented/text\"");
    assertThat(cipher.open(comment.text())).isEqualTo(new Opened.Text("a"));
  }

  @Test
  void erasedTextCarriedOverUsesNoKeyAndStaysErased() {
    var stored =
        serializer.serialize(
            new AssignmentChanged(ITEM, new Person(ADA, sealedName("Ada")), null, CHANGE),
            byte[].class);
    AssignmentChanged read = read("workitem.AssignmentChanged", stored.getData());
    assertThat(SealedKeys.in(stored.getData())).hasSize(1);
    keys.destroy(ADA.keyOwner());
    byte[] carried =
        serializer
            .serialize(new AssignmentChanged(ITEM, null, read.from(), CHANGE), byte[].class)
            .getData();
    assertThat(SealedKeys.in(carried)).isEmpty();
    assertThat(text(carried))
        .contains("\"at\":\"workitem.AssignmentChanged/to/name\",\"sealed\":\"\"");
    AssignmentChanged again = read("workitem.AssignmentChanged", carried);
    assertThat(cipher.open(again.to().name())).isEqualTo(new Opened.Erased());
    assertThatExceptionOfType(KeyDestroyedException.class)
        .isThrownBy(
            () ->
                serializer.serialize(
                    new AssignmentChanged(ITEM, null, new Person(ADA, sealedName("Ada")), CHANGE),
                    byte[].class));
  }

  @Test
  void theKeysOfAPayloadAreFoundWithoutReadingIt() {
    byte[] bytes =
        serializer.serialize(Samples.full(WorkItemEvent.Registered.class), byte[].class).getData();
    UUID content = keys.keyFor(ITEM.keyOwner(), "content").id();
    assertThat(SealedKeys.in(bytes)).isEqualTo(Set.of(content));
    assertThat(SealedKeys.in("{\"key\":\"x\"}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(SealedKeys.in(new byte[0])).isEmpty();
    byte[] both =
        serializer
            .serialize(
                new FieldsChanged(
                    ITEM,
                    List.of(
                        new FieldChange(
                            "f",
                            new FieldValue.Text(sealed("t")),
                            new FieldValue.Person(new Person(ADA, sealedName("Ada"))))),
                    CHANGE),
                byte[].class)
            .getData();
    assertThat(SealedKeys.in(both))
        .isEqualTo(Set.of(content, keys.keyFor(ADA.keyOwner(), "identity").id()));
  }

  @Test
  void unknownNamesAreUnknownTypesAndClassNamesAreNeverFollowed() {
    for (String name : List.of("workitem.FromTheFuture", "java.lang.String", "java.util.HashMap")) {
      var type = new SimpleSerializedType(name, "1");
      assertThat(serializer.classForType(type)).isEqualTo(UnknownSerializedType.class);
      Object read =
          serializer.deserialize(
              new SimpleSerializedObject<>("{\"a\":1}".getBytes(), byte[].class, type));
      assertThat(read).isInstanceOf(UnknownSerializedType.class);
      assertThat(((UnknownSerializedType) read).readData(JsonNode.class).get("a").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void anotherRevisionThanTheCataloguesIsRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> serializer.classForType(new SimpleSerializedType("workitem.Deleted", "2")))
        .withMessage("workitem.Deleted is stored in revision 2, this version reads 1");
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
  void unknownMembersAreSkippedAndErrorsSayThePlaceAndNotTheValue() {
    Retitled read =
        read(
            "workitem.Retitled",
            text(serializer.serialize(retitled("a"), byte[].class).getData())
                .replaceFirst("\\{", "{\"later\":{\"x\":[1]},")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.open(read.title())).isEqualTo(new Opened.Text("a"));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                read(
                    "workitem.GapDetected",
                    "{\"workItem\":\"workitem:fabrikam:1\",\"from\":\"secret\",\"to\":2}"
                        .getBytes(StandardCharsets.UTF_8)))
        .withMessage("workitem.GapDetected revision 1 cannot be read at /from")
        .withNoCause();
  }

  @Test
  void replayTokensWithAContextSurviveTheGeneralSerializer() {
    Serializer general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    TrackingToken start = new GlobalSequenceTrackingToken(41);
    for (Object context : List.of("why", 7, new Why("disk full"))) {
      TrackingToken token =
          ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(99), start, context);
      var stored = general.serialize(token, byte[].class);
      TrackingToken read = general.deserialize(stored);
      assertThat(read).isEqualTo(token);
      assertThat(((ReplayToken) read).context()).isEqualTo(context);
    }
  }

  @Test
  void classesNobodyAllowedAreNotFollowedInTokens() {
    Serializer general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    TrackingToken token =
        ReplayToken.createReplayToken(
            new GlobalSequenceTrackingToken(9), new GlobalSequenceTrackingToken(1), "x");
    String json =
        text(general.serialize(token, byte[].class).getData())
            .replace("\"context\":\"x\"", "\"context\":{\"@class\":\"javax.swing.JPanel\"}");
    assertThat(json).contains("JPanel");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                general.deserialize(
                    new SimpleSerializedObject<>(
                        json.getBytes(StandardCharsets.UTF_8),
                        byte[].class,
                        new SimpleSerializedType(ReplayToken.class.getName(), null))));
  }

  @Test
  void aResetContextThatCouldNotBeReadBackIsRefusedWhenItIsWritten() {
    Thread.State context = Thread.State.NEW;
    TrackingToken token =
        ReplayToken.createReplayToken(
            new GlobalSequenceTrackingToken(9), new GlobalSequenceTrackingToken(1), context);
    Serializer general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> general.serialize(token, byte[].class))
        .withMessageContaining("java.lang.Thread$State");
  }

  @Test
  void snapshotsHoldNoTextInClear() {
    Serializer general = GeneralSerializer.of(Events.CATALOGUE, cipher);
    var stored = general.serialize(new Snapshot(sealed("in clear")), byte[].class);
    assertThat(text(stored.getData())).doesNotContain("in clear");
    Snapshot read = general.deserialize(stored);
    assertThat(cipher.open(read.title())).isEqualTo(new Opened.Text("in clear"));
    Retitled event =
        read("workitem.Retitled", serializer.serialize(retitled("a"), byte[].class).getData());
    Snapshot carried =
        general.deserialize(general.serialize(new Snapshot(event.title()), byte[].class));
    assertThat(cipher.open(carried.title())).isEqualTo(new Opened.Text("a"));
  }

  /** A context of a reset. */
  record Why(String reason) {}

  /** State of an aggregate. */
  record Snapshot(SealedText title) {}

  private <T> T read(String name, byte[] bytes) {
    return serializer.deserialize(
        new SimpleSerializedObject<>(bytes, byte[].class, new SimpleSerializedType(name, "1")));
  }

  private static Retitled retitled(String title) {
    return new Retitled(ITEM, sealed(title), CHANGE);
  }

  private static SealedText sealed(String clear) {
    return SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, clear);
  }

  private static SealedText sealedName(String clear) {
    return SealedText.of(new KeyOwner("person:" + ADA), Purpose.IDENTITY, clear);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
