package io.countersign.audit.log;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Stored bytes as JSON text, when they are: damaged bytes must not damage the answer. */
final class StoredJsonText {

  private StoredJsonText() {}

  static @Nullable String of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return JsonMapper.shared().readTree(text).isMissingNode() ? null : text;
    } catch (JacksonException _) {
      return null;
    }
  }
}
