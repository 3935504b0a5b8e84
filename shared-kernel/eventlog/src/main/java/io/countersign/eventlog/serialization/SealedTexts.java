package io.countersign.eventlog.serialization;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SealedText.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All sealed text of a stored payload, whatever event it is of and in whatever revision. */
public final class SealedTexts {

  private static final JsonMapper JSON = new JsonMapper();

  private SealedTexts() {}

  /**
   * The envelopes of a payload, in order. What was erased already when it was written holds nothing
   * and is left out.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public static List<SealedText> in(byte[] payload) {
    List<SealedText> found = new ArrayList<>();
    try {
      collect(JSON.readTree(payload), found);
    } catch (JacksonException _) {
      throw new IllegalArgumentException("the payload is not JSON");
    }
    return found;
  }

  /**
   * The first mark of erased free text in a payload.
   *
   * @param payload as JSON
   */
  public static Optional<SealedText> erased(String payload) {
    return Optional.ofNullable(erased(JSON.readTree(payload)));
  }

  private static @Nullable SealedText erased(JsonNode node) {
    SealedText text = node.path("sealed").asString("x").isEmpty() ? any(node) : null;
    if (text != null && text.purpose() == Purpose.CONTENT) {
      return text;
    }
    for (JsonNode child : node) {
      SealedText found = erased(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static void collect(JsonNode node, List<SealedText> found) {
    SealedText text = node.isObject() ? text(node) : null;
    if (text != null) {
      found.add(text);
    } else {
      node.forEach(child -> collect(child, found));
    }
  }

  private static @Nullable SealedText text(JsonNode object) {
    return object.path("sealed").asString("").isEmpty() ? null : any(object);
  }

  private static @Nullable SealedText any(JsonNode object) {
    String sealed = object.path("sealed").asString("");
    String key = object.path("key").asString("");
    String owner = object.path("owner").asString("");
    Purpose purpose = purpose(object.path("purpose").asString(""));
    if (owner.isEmpty() || purpose == null) {
      return null;
    }
    try {
      var envelope = new Envelope(UUID.fromString(key), object.path("at").asString(""), sealed);
      return SealedText.closed(new KeyOwner(owner), purpose, envelope);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Purpose purpose(String word) {
    for (Purpose purpose : Purpose.values()) {
      if (purpose.word().equals(word)) {
        return purpose;
      }
    }
    return null;
  }
}
