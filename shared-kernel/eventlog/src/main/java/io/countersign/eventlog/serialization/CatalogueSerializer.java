package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Serializer of events: Axon's <em>event</em> serializer, and no other. Types are logical names and
 * revisions of the catalogue, never class names; what is not catalogued (and no metadata) is not
 * written, and no class is ever loaded by a name found in the log. Tokens, snapshots and messages
 * have a {@link GeneralSerializer} of their own, because they need class names.
 *
 * <p>An older revision is read through the catalogue's upcasters. Here is the one place where this
 * happens: whoever deserializes an event, for an aggregate, a processor or a replay, gets the
 * current revision, and Axon's own chain of upcasters stays empty.
 *
 * <p>An unknown name is read as Axon's {@link UnknownSerializedType}: projections pass it over. A
 * known name in a newer revision than the catalogue's (a newer version of the program wrote it)
 * fails: reading it as if it were the known one would be guessing.
 *
 * <p>Messages of exceptions name type and field, never a value.
 */
public final class CatalogueSerializer extends Jackson3Serializer {

  private final EventCatalogue catalogue;
  private final Upcasting upcasting;

  private CatalogueSerializer(EventCatalogue catalogue, Builder builder) {
    super(builder);
    this.catalogue = catalogue;
    this.upcasting = new Upcasting(catalogue);
  }

  /** The serializer of events and their metadata. */
  public static CatalogueSerializer of(EventCatalogue catalogue, TextCipher cipher) {
    return new CatalogueSerializer(
        catalogue,
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(
                json -> {
                  StoredJson.configure(json, List.of());
                  json.addModule(new SealedTextModule(cipher, catalogue));
                }));
  }

  @Override
  @SuppressWarnings("rawtypes") // Axon's own signature
  public SerializedType typeForClass(@Nullable Class type) {
    if (type == null || type == Void.class || type == void.class || type == MetaData.class) {
      return super.typeForClass(type);
    }
    EventType event =
        catalogue
            .typeOf(type)
            .orElseThrow(
                () -> new SerializationException(type.getName() + " is not in the catalogue"));
    return new SimpleSerializedType(event.name(), Integer.toString(event.revision()));
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    if (SerializedType.emptyType().equals(type)) {
      return Void.class;
    }
    if (type.getName().equals(MetaData.class.getName())) {
      return MetaData.class;
    }
    Class<?> event = catalogue.classOf(type.getName()).orElse(null);
    if (event == null) {
      return UnknownSerializedType.class;
    }
    upcasting.checkThatItIsRead(type);
    return event;
  }

  @Override
  public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
    SerializedType type = typeForClass(object == null ? null : object.getClass());
    try {
      byte[] bytes =
          getWriter().withAttribute(Place.NAME, type.getName()).writeValueAsBytes(object);
      return new SimpleSerializedObject<>(
          getConverter().convert(bytes, expectedRepresentation), expectedRepresentation, type);
    } catch (JacksonException e) {
      throw new SerializationException(
          "%s cannot be written%s".formatted(type.getName(), place(e)), e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the caller of a serializer names the type, as in Axon's own
  public <S, T> @Nullable T deserialize(SerializedObject<S> stored) {
    Class<?> type = classForType(stored.getType());
    if (type == Void.class) {
      return null;
    }
    if (type == UnknownSerializedType.class) {
      return (T) new UnknownSerializedType(this, stored);
    }
    ObjectReader reader = getReader(type);
    try {
      if (stored.getData() instanceof JsonNode tree) {
        return reader.readValue(tree);
      }
      byte[] bytes = getConverter().convert(stored, byte[].class).getData();
      if (upcasting.isOlder(stored.getType())) {
        return reader.readValue(upcasting.toCurrent(stored.getType(), bytes));
      }
      return reader.withAttribute(Place.NAME, stored.getType().getName()).readValue(bytes);
    } catch (JacksonException e) {
      // Jackson's own message quotes what was found
      throw new SerializationException(
          "%s revision %s cannot be read%s"
              .formatted(stored.getType().getName(), stored.getType().getRevision(), place(e)));
    }
  }

  private static String place(JacksonException problem) {
    var pointer = new StringBuilder();
    for (JacksonException.Reference step : problem.getPath()) {
      String name = step.getPropertyName();
      pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : name);
    }
    return pointer.isEmpty() ? "" : " at " + pointer;
  }
}
