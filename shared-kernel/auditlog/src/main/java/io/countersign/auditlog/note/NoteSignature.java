package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note.
 *
 * @param name of the key
 * @param keyId of the key
 * @param bytes the signature, in cosignatures with the time before it
 */
public record NoteSignature(String name, int keyId, byte[] bytes) {

  private static final String START = "\u2014 ";

  /** Copies the bytes. */
  public NoteSignature {
    bytes = bytes.clone();
  }

  static NoteSignature parse(String line, int number) throws NoteFormatException {
    String[] words = line.startsWith(START) ? line.substring(START.length()).split(" ", -1) : null;
    if (words == null || words.length != 2) {
      throw new NoteFormatException(Reason.BAD_SIGNATURE_LINE, number);
    }
    if (!VerifierKey.isName(words[0])) {
      throw new NoteFormatException(Reason.BAD_KEY_NAME, number);
    }
    byte[] bytes = Base64Text.decode(words[1], number);
    if (bytes.length <= Integer.BYTES) {
      throw new NoteFormatException(Reason.BAD_SIGNATURE_LINE, number);
    }
    return new NoteSignature(
        words[0],
        ByteBuffer.wrap(bytes).getInt(),
        Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
  }

  /** A copy. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The line, with its end. */
  public String line() {
    ByteBuffer all = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes);
    return START + name + " " + Base64.getEncoder().encodeToString(all.array()) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && keyId == that.keyId
        && name.equals(that.name)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
