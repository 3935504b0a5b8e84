package io.countersign.eventlog.serialization;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
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

/** Which data keys a stored payload needs, found without building objects. */
public final class SealedKeys {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] MARK = "\"sealed\":\"".getBytes(StandardCharsets.UTF_8);

  private SealedKeys() {}

  /**
   * The ids of all keys with which something in this payload is sealed. Marks of erased text use no
   * key.
   *
   * @param payload stored payload bytes, as our serializer writes them
   * @throws IllegalArgumentException when it holds sealed text and is not JSON
   */
  public static Set<UUID> in(byte[] payload) {
    if (!hasMark(payload)) {
      return Set.of();
    }
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

  private static boolean hasMark(byte[] payload) {
    outer:
    for (int i = 0; i <= payload.length - MARK.length; i++) {
      for (int j = 0; j < MARK.length; j++) {
        if (payload[i + j] != MARK[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
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
