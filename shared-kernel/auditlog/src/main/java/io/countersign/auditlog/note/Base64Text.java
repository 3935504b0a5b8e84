package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.util.Base64;

/** Standard base64 with padding, in its one spelling. */
final class Base64Text {

  private Base64Text() {}

  static byte[] decode(String text, int line) throws NoteFormatException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // the same refusal
    }
    throw new NoteFormatException(Reason.BAD_BASE64, line);
  }
}
