package io.countersign.eventlog.serialization;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SealedText.Envelope;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads sealed text; see {@link SealedTextModule}. */
final class SealedTextReader extends ValueDeserializer<SealedText> {

  private final EventCatalogue catalogue;

  SealedTextReader(EventCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public SealedText deserialize(JsonParser json, DeserializationContext context) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return context.reportInputMismatch(SealedText.class, "sealed text is an object");
    }
    TokenStreamContext object = json.streamReadContext();
    Place found = Place.of(context.getAttribute(Place.NAME), object);
    String owner = null;
    String purpose = null;
    String key = null;
    String at = null;
    String sealed = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "owner" -> owner = json.getString();
        case "purpose" -> purpose = json.getString();
        case "key" -> key = json.getString();
        case "at" -> at = json.getString();
        case "sealed" -> sealed = json.getString();
        default -> json.skipChildren();
      }
    }
    if (owner == null || purpose == null || key == null || at == null || sealed == null) {
      return context.reportInputMismatch(
          SealedText.class, "sealed text needs owner, purpose, key, at and sealed");
    }
    boolean untouched = context.getAttribute(Place.NAME) != null;
    String place = untouched && !found.is(at, catalogue) ? found.at() : at;
    return SealedText.closed(
        new KeyOwner(owner),
        purpose(purpose, context),
        new Envelope(UUID.fromString(key), place, sealed));
  }

  private static Purpose purpose(String word, DeserializationContext context) {
    for (Purpose purpose : Purpose.values()) {
      if (purpose.word().equals(word)) {
        return purpose;
      }
    }
    return context.reportInputMismatch(SealedText.class, "unknown purpose");
  }
}
