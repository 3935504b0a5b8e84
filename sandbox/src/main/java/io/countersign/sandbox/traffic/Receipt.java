package io.countersign.sandbox.traffic;

import java.nio.charset.StandardCharsets;

/**
 * The receiver's receipt for a delivery.
 *
 * @param delivery its id there; empty when the answer names none
 * @param digest of what it stored; empty when the answer names none
 * @param duplicate whether it knew the delivery already
 */
record Receipt(String delivery, String digest, boolean duplicate) {

  /** What an answer says. */
  static Receipt of(byte[] body) {
    String json = new String(body, StandardCharsets.UTF_8);
    return new Receipt(
        text(json, "\"deliveryId\""),
        text(json, "\"digest\""),
        json.replace(" ", "").contains("\"duplicate\":true"));
  }

  /** Looked for, not parsed: there is one for every notification. */
  private static String text(String json, String name) {
    int at = json.indexOf(name);
    int begin = at < 0 ? -1 : json.indexOf('"', at + name.length());
    int end = begin < 0 ? -1 : json.indexOf('"', begin + 1);
    return end < 0 ? "" : json.substring(begin + 1, end);
  }
}
