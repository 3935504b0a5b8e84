package io.countersign.audit.sequence;

import io.countersign.kernel.Provenance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stored metadata says about where an event comes from, if it is a JSON object that says so.
 * Another application's metadata may be anything; then the entry says nothing, and its digest still
 * stands for the bytes.
 */
record Provenances(String actor, String correlationId, String causationId) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Provenances NONE = new Provenances("", "", "");

  /** What entries have room for. */
  private static final int LONGEST = 200;

  static Provenances in(byte[] metadata) {
    try {
      JsonNode object = JSON.readTree(metadata);
      return new Provenances(
          text(object, Provenance.ACTOR),
          text(object, Provenance.CORRELATION_ID),
          text(object, Provenance.CAUSATION_ID));
    } catch (JacksonException _) {
      return NONE;
    }
  }

  private static String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isString() && value.stringValue().length() <= LONGEST ? value.stringValue() : "";
  }
}
