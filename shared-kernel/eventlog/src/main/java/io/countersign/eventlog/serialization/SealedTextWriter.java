package io.countersign.eventlog.serialization;

import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SealedText.Envelope;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes sealed text; see {@link SealedTextModule}. */
final class SealedTextWriter extends ValueSerializer<SealedText> {

  private final TextCipher cipher;

  SealedTextWriter(TextCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public void serialize(SealedText text, JsonGenerator json, SerializationContext context) {
    json.writeStartObject();
    Place here = Place.of(context.getAttribute(Place.NAME), json.streamWriteContext());
    Envelope envelope = envelope(text, here);
    json.writeStringProperty("owner", text.owner().value());
    json.writeStringProperty("purpose", text.purpose().word());
    json.writeStringProperty("key", envelope.key().toString());
    json.writeStringProperty("at", envelope.at());
    json.writeStringProperty("sealed", envelope.sealed());
    json.writeEndObject();
  }

  private Envelope envelope(SealedText text, Place here) {
    Envelope there = text.envelope();
    return switch (cipher.open(text)) {
      case Opened.Text(String clear) ->
          there != null && there.at().equals(here.at()) ? there : seal(text, here, clear);
      case Opened.Erased _ -> new Envelope(written(there).key(), here.at(), "");
      case Opened.Unreadable _ -> written(there);
    };
  }

  /** What is told again of an erased owner is erased at once: the fact is kept, the text is not. */
  private Envelope seal(SealedText text, Place here, String clear) {
    try {
      return cipher.seal(text.owner(), text.purpose(), here.at(), clear);
    } catch (KeyDestroyedException e) {
      return new Envelope(e.key(), here.at(), "");
    }
  }

  private static Envelope written(@Nullable Envelope envelope) {
    if (envelope == null) {
      throw new IllegalStateException("text in clear is always open");
    }
    return envelope;
  }
}
