package io.countersign.auditlog.note;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes that are signed, by type of signature. */
final class Cosigned {

  private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

  private Cosigned() {}

  /**
   * What a key signs of a note.
   *
   * @param time seconds since 1970; ignored by a plain signature
   * @throws NoteFormatException when the text is no checkpoint, which ML-DSA-44 signs the parts of
   */
  static byte[] message(VerifierKey key, String text, long time) throws NoteFormatException {
    return switch (key.type()) {
      case ED25519 -> text.getBytes(StandardCharsets.UTF_8);
      case COSIGNATURE_ED25519 ->
          ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
      case COSIGNATURE_ML_DSA_44 -> structure(key.name(), time, Checkpoint.parse(text));
    };
  }

  private static byte[] structure(String cosigner, long time, Checkpoint checkpoint) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(LABEL);
    opaque(out, cosigner);
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    opaque(out, checkpoint.origin());
    out.writeBytes(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(0).putLong(checkpoint.size()).array());
    out.writeBytes(checkpoint.root().bytes());
    return out.toByteArray();
  }

  private static void opaque(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > 255) {
      throw new IllegalArgumentException("a name has 1 to 255 bytes here");
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
