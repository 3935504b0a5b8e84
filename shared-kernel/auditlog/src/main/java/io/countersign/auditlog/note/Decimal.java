package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteFormatException.Reason;

/** Numbers in their one spelling: digits, no sign, no leading zero. */
public final class Decimal {

  private Decimal() {}

  /**
   * Reads a number from 0 to 2^63 - 1.
   *
   * @param line its number, for the refusal
   */
  public static long parse(String text, int line) throws NoteFormatException {
    if (!text.matches("0|[1-9][0-9]{0,18}")) {
      throw new NoteFormatException(Reason.BAD_NUMBER, line);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new NoteFormatException(Reason.BAD_NUMBER, line);
    }
  }
}
