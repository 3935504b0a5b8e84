package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text and signatures over it (C2SP signed-note). Reading one verifies nothing: see {@link
 * NoteVerifier}.
 *
 * @param text ends with a newline
 * @param signatures one or more
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  private static final int MAX_BYTES = 1_000_000;
  private static final int MAX_SIGNATURES = 100;

  /** Copies the signatures. */
  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /** Reads a note. */
  public static SignedNote parse(byte[] bytes) throws NoteFormatException {
    if (bytes.length > MAX_BYTES) {
      throw new NoteFormatException(Reason.TOO_LONG, 1);
    }
    String all = utf8(bytes);
    checkCharacters(all);
    // the last empty line divides
    int end = all.lastIndexOf("\n\n");
    if (end < 0) {
      throw new NoteFormatException(Reason.NO_SIGNATURES, lines(all));
    }
    String text = all.substring(0, end + 1);
    String rest = all.substring(end + 2);
    int line = lines(text) + 1;
    if (rest.isEmpty()) {
      throw new NoteFormatException(Reason.NO_SIGNATURES, line);
    }
    if (!rest.endsWith("\n")) {
      throw new NoteFormatException(Reason.NO_FINAL_NEWLINE, lines(all));
    }
    var signatures = new ArrayList<NoteSignature>();
    for (String signature : rest.substring(0, rest.length() - 1).split("\n", -1)) {
      line++;
      if (signatures.size() == MAX_SIGNATURES) {
        throw new NoteFormatException(Reason.TOO_MANY_SIGNATURES, line);
      }
      signatures.add(NoteSignature.parse(signature, line));
    }
    return new SignedNote(text, signatures);
  }

  /** The same note with one signature more. */
  public SignedNote with(NoteSignature signature) {
    var more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  /** The note as it is published. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    var note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  private static String utf8(byte[] bytes) throws NoteFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException _) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new NoteFormatException(Reason.NOT_UTF8, line);
    }
  }

  private static void checkCharacters(String text) throws NoteFormatException {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      } else if (c < ' ') {
        throw new NoteFormatException(Reason.CONTROL_CHARACTER, line);
      }
    }
  }

  private static int lines(String text) {
    return Math.max(1, Math.toIntExact(text.lines().count()));
  }
}
