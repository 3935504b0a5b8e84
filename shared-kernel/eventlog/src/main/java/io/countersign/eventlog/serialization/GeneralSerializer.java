package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.catalogue.EventCatalogue;
import java.util.List;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Serializer of everything that is no event: tokens, snapshots, messages. Types are class names.
 * Seals text as well, because an aggregate may hold text in clear when its snapshot is taken.
 *
 * <p>Axon 4.13.0 writes replay tokens that it cannot read back (AxonFramework issue 4160), and a
 * processor whose token cannot be read is stuck for good. Here tokens and the contexts of resets
 * survive, and a context whose class is not allowed is refused when the token is written: the reset
 * fails, not the replay.
 */
public final class GeneralSerializer extends Jackson3Serializer {

  private GeneralSerializer(Builder builder) {
    super(builder);
  }

  /**
   * A serializer.
   *
   * @param resetContexts classes used as context of resets, beside simple values and classes in
   *     {@code io.countersign}
   */
  public static GeneralSerializer of(
      EventCatalogue catalogue, TextCipher cipher, Class<?>... resetContexts) {
    return new GeneralSerializer(
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(
                json -> {
                  StoredJson.configure(json, List.of(resetContexts));
                  json.addModule(new SealedTextModule(cipher, catalogue));
                }));
  }

  @Override
  public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
    SerializedObject<T> stored = super.serialize(object, expectedRepresentation);
    if (object instanceof ReplayToken token && token.context() != null && !readsBack(stored)) {
      throw new SerializationException(
          "a reset context of class "
              + token.context().getClass().getName()
              + " could not be read back: use a simple value, or allow its class");
    }
    return stored;
  }

  private boolean readsBack(SerializedObject<?> stored) {
    try {
      return deserialize(stored) != null;
    } catch (SerializationException _) {
      return false;
    }
  }
}
