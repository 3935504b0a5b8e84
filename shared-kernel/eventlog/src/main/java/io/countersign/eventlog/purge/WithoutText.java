package io.countersign.eventlog.purge;

import io.countersign.kernel.privacy.Purpose;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payload without the free text in it: in place of each ciphertext stands the mark of erased
 * text, as for text that an erased owner was told again. All else stays: who, when, which revision,
 * and the names of people, which go with their own keys.
 */
public final class WithoutText {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PERSON = "person:";

  private WithoutText() {}

  /**
   * What is left of a payload.
   *
   * @return empty when it holds no free text that is still there
   * @throws IllegalArgumentException when it is not JSON
   */
  public static Optional<String> of(byte[] payload) {
    JsonNode tree = read(payload);
    return strip(tree) ? Optional.of(JSON.writeValueAsString(tree)) : Optional.empty();
  }

  /**
   * The persons a payload names by their random ids.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public static Set<UUID> persons(byte[] payload) {
    Set<UUID> found = new HashSet<>();
    persons(read(payload), found);
    return found;
  }

  private static boolean strip(JsonNode node) {
    if (isFreeText(node) && !node.path("sealed").asString("").isEmpty()) {
      ((ObjectNode) node).put("sealed", "");
      return true;
    }
    boolean stripped = false;
    for (JsonNode child : node) {
      stripped |= strip(child);
    }
    return stripped;
  }

  private static boolean isFreeText(JsonNode node) {
    return node.isObject()
        && node.has("sealed")
        && node.has("key")
        && Purpose.CONTENT.word().equals(node.path("purpose").asString(""));
  }

  private static void persons(JsonNode node, Set<UUID> found) {
    if (node.isObject()) {
      if (node.has("name")) {
        add(node.path("id").asString(""), found);
      }
      String owner = node.path("owner").asString("");
      if (owner.startsWith(PERSON)) {
        add(owner.substring(PERSON.length()), found);
      }
    }
    node.forEach(child -> persons(child, found));
  }

  private static void add(String id, Set<UUID> found) {
    try {
      found.add(UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      // the id of something else
    }
  }

  private static JsonNode read(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (JacksonException _) {
      throw new IllegalArgumentException("the payload is not JSON");
    }
  }
}
