package io.countersign.query.reading;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a page: the sort values of its last item. Opaque to clients, holds nothing secret, and
 * stays valid whatever is inserted or removed meanwhile.
 *
 * @param sort the order it belongs to
 * @param value sort value of the last item
 * @param id the last item, which decides between equal values
 */
public record PageCursor(String sort, String value, String id) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** As clients see it: base64url of JSON. */
  public String encode() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
  }

  /**
   * Back from what a client sends.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  public static PageCursor decode(String text) {
    byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
    try {
      PageCursor cursor = JSON.readValue(json, PageCursor.class);
      if (cursor == null || cursor.isPartial()) {
        throw new IllegalArgumentException("not a cursor");
      }
      return cursor;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a cursor", e);
    }
  }

  /** JSON may leave out what the record's type promises; PostgreSQL takes no NUL. */
  private boolean isPartial() {
    for (Object part : new Object[] {sort, value, id}) {
      if (part == null || part.toString().indexOf('\0') >= 0) {
        return true;
      }
    }
    return false;
  }
}
