package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.MapKeyRing;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import io.countersign.kernel.workitem.WorkItemId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;

/** Both serializers over one key ring, and a few things to write with them. */
final class Bench {

  static final WorkItemId ITEM = new WorkItemId(new OrganizationId("fabrikam"), 299);
  static final SourceChange CHANGE =
      new SourceChange(3, 3, Instant.parse("2026-11-20T10:00:00Z"), null);
  static final SubjectId ADA = new SubjectId(new UUID(1, 2));

  final MapKeyRing keys = new MapKeyRing();
  final TextCipher cipher = new AesTextCipher(keys, new SecureRandom());
  final CatalogueSerializer events = CatalogueSerializer.of(Events.CATALOGUE, cipher);
  final GeneralSerializer general = GeneralSerializer.of(Events.CATALOGUE, cipher);

  static Retitled retitled(String title) {
    return new Retitled(ITEM, content(title), CHANGE);
  }

  static SealedText content(String clear) {
    return SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, clear);
  }

  static Person person(SubjectId id, String name) {
    return new Person(id, SealedText.of(id.keyOwner(), Purpose.IDENTITY, name));
  }

  byte[] write(Object event) {
    return events.serialize(event, byte[].class).getData();
  }

  String json(Object event) {
    return text(write(event));
  }

  /** Reads revision 1 of an event. */
  <T> T read(String name, byte[] bytes) {
    return events.deserialize(
        new SimpleSerializedObject<>(bytes, byte[].class, new SimpleSerializedType(name, "1")));
  }

  <T> T read(String name, String json) {
    return read(name, json.getBytes(StandardCharsets.UTF_8));
  }

  UUID key(KeyOwner owner, Purpose purpose) {
    return keys.keyFor(owner, purpose.word()).id();
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
