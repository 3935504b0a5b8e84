package io.countersign.eventlog.serialization;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Upcaster;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings stored payloads of older revisions to the current one, step by step, while reading. */
final class Upcasting {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JavaType MEMBERS =
      JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class);
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final EventCatalogue catalogue;
  private final Map<String, Integer> current = new HashMap<>();
  private final Map<String, String> currentAsStored = new HashMap<>();

  Upcasting(EventCatalogue catalogue) {
    this.catalogue = catalogue;
    for (EventType type : catalogue.types()) {
      current.put(type.name(), type.revision());
      currentAsStored.put(type.name(), Integer.toString(type.revision()));
    }
  }

  /**
   * Refuses revisions of a catalogued event that cannot be read.
   *
   * @throws SerializationException when it is none, or a newer one
   */
  void checkThatItIsRead(SerializedType type) {
    if (isOlder(type) && stored(type) < 1) {
      throw new SerializationException(
          "%s is stored in revision %s, this version reads up to %s"
              .formatted(type.getName(), type.getRevision(), currentAsStored.get(type.getName())));
    }
  }

  /** Whether it is not as it would be stored now. Metadata and the like have no revisions. */
  boolean isOlder(SerializedType type) {
    String now = currentAsStored.get(type.getName());
    return now != null && !now.equals(type.getRevision());
  }

  /**
   * A payload as the current revision would have been stored. Sealed text says where it was found
   * before an upcaster sees it, so ciphertext that was moved in the log stays closed, and what an
   * upcaster moves opens.
   */
  JsonNode toCurrent(SerializedType type, byte[] payload) {
    checkThatItIsRead(type);
    Map<String, Object> members = JSON.readValue(payload, MEMBERS);
    place(type.getName(), "", members);
    for (int revision = stored(type);
        revision < current.getOrDefault(type.getName(), 0);
        revision++) {
      Upcaster step = catalogue.upcasterFrom(new EventType(type.getName(), revision)).orElseThrow();
      try {
        members = step.upcast(members);
      } catch (RuntimeException e) {
        // its message may quote what was stored
        throw new SerializationException(
            "%s cannot be read: the upcaster from revision %d failed with %s"
                .formatted(type.getName(), revision, e.getClass().getSimpleName()));
      }
    }
    return JSON.valueToTree(members);
  }

  /** The revision when it is an older one, otherwise 0. */
  private int stored(SerializedType type) {
    String revision = Optional.ofNullable(type.getRevision()).orElse("");
    int number = NUMBER.matcher(revision).matches() ? Integer.parseInt(revision) : 0;
    return number < current.getOrDefault(type.getName(), 0) ? number : 0;
  }

  private void place(String name, String pointer, Object value) {
    switch (value) {
      case Map<?, ?> members -> {
        members.forEach(
            (member, part) -> {
              if (part != null) {
                place(name, pointer + "/" + escaped((String) member), part);
              }
            });
        placeText(name, pointer, members);
      }
      case List<?> parts -> {
        for (int i = 0; i < parts.size(); i++) {
          if (parts.get(i) instanceof Object part) {
            place(name, pointer + "/" + i, part);
          }
        }
      }
      default -> {
        // texts, numbers and truth values hold nothing
      }
    }
  }

  @SuppressWarnings("unchecked") // objects are read as maps of text to anything
  private void placeText(String name, String pointer, Map<?, ?> members) {
    if (members.containsKey("sealed") && members.get("at") instanceof String at) {
      var found = new Place(name, pointer);
      if (!found.is(at, catalogue)) {
        ((Map<String, Object>) members).put("at", found.at());
      }
    }
  }

  /** As JSON pointers write names. */
  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }
}
