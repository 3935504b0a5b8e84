package io.countersign.eventlog.serialization;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Which data keys a stored payload needs, found without building objects. Envelopes as {@link
 * SealedTextWriter} writes them are recognized by their bytes; whatever else has a member of the
 * same name is parsed.
 */
public final class SealedKeys {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] MARK = "\"sealed\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] AT = "\",\"at\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] KEY = "\"key\":\"".getBytes(StandardCharsets.UTF_8);
  private static final int ID_LENGTH = 36;

  private SealedKeys() {}

  /**
   * The ids of all keys with which something in this payload is sealed. Marks of erased text use no
   * key.
   *
   * @param payload stored payload bytes, as our serializer writes them
   * @throws IllegalArgumentException when it holds sealed text and is not JSON
   */
  public static Set<UUID> in(byte[] payload) {
    int mark = find(MARK, payload, 0);
    if (mark < 0) {
      return Set.of();
    }
    Set<UUID> written = new HashSet<>();
    while (mark >= 0) {
      // a quote inside of a string is escaped, so these bytes are a member and nothing else
      if (!addWritten(payload, mark, written)) {
        return parsed(payload);
      }
      mark = find(MARK, payload, mark + MARK.length);
    }
    return Set.copyOf(written);
  }

  /** The key of {@code "key":"<id>","at":"<place>","sealed":"}; false when it looks otherwise. */
  private static boolean addWritten(byte[] payload, int mark, Set<UUID> keys) {
    int at = mark - 3; // before the closing quote of the place and the comma
    if (at < 0
        || mark + MARK.length >= payload.length
        || payload[mark - 1] != ','
        || payload[mark - 2] != '"') {
      return false;
    }
    while (at >= 0 && payload[at] != '"') {
      at--;
    }
    int id = at + 1 - AT.length - ID_LENGTH;
    if (id < KEY.length
        || !isAt(AT, payload, at + 1 - AT.length)
        || !isAt(KEY, payload, id - KEY.length)) {
      return false;
    }
    if (payload[mark + MARK.length] != '"') {
      try {
        keys.add(UUID.fromString(new String(payload, id, ID_LENGTH, StandardCharsets.ISO_8859_1)));
      } catch (IllegalArgumentException _) {
        return false;
      }
    }
    return true;
  }

  private static Set<UUID> parsed(byte[] payload) {
    Set<UUID> keys = new HashSet<>();
    Deque<Envelope> open = new ArrayDeque<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT -> open.push(new Envelope());
          case END_OBJECT -> open.pop().addTo(keys);
          case VALUE_STRING -> {
            Envelope object = open.peek();
            String name = json.currentName();
            if (object != null && "key".equals(name)) {
              object.key = json.getString();
            } else if (object != null && "sealed".equals(name)) {
              object.sealed = json.getStringLength() > 0;
            }
          }
          default -> {
            // numbers, literals and arrays hold no key
          }
        }
      }
    } catch (JacksonException _) {
      throw new IllegalArgumentException("the payload is not JSON");
    }
    return Set.copyOf(keys);
  }

  private static int find(byte[] what, byte[] payload, int from) {
    for (int i = from; i <= payload.length - what.length; i++) {
      if (payload[i] == what[0] && isAt(what, payload, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] what, byte[] payload, int from) {
    return from + what.length <= payload.length
        && Arrays.equals(payload, from, from + what.length, what, 0, what.length);
  }

  private static final class Envelope {

    private @Nullable String key;
    private boolean sealed;

    void addTo(Set<UUID> keys) {
      if (sealed && key != null) {
        keys.add(UUID.fromString(key));
      }
    }
  }
}
