package io.countersign.auditlog.note;

import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key with the name it signs under: the "vkey" of C2SP signed-note. Its text is {@code
 * name+id+base64(type || key)}, the id as eight hexadecimal digits.
 */
public final class VerifierKey {

  private final String name;
  private final SignatureType type;
  private final byte[] bare;
  private final PublicKey key;
  private final int id;

  private VerifierKey(String name, SignatureType type, byte[] bare, PublicKey key) {
    this.name = name;
    this.type = type;
    this.bare = bare;
    this.key = key;
    this.id = idOf(name, type, bare);
  }

  /**
   * A key of ours.
   *
   * @throws IllegalArgumentException when the name cannot be one, or the key is of another kind
   */
  public static VerifierKey of(String name, SignatureType type, PublicKey key) {
    if (!isName(name)) {
      throw new IllegalArgumentException(Reason.BAD_KEY_NAME.words());
    }
    return new VerifierKey(name, type, RawKeys.bare(type, key), key);
  }

  /** Reads the text of a key. */
  public static VerifierKey parse(String vkey) throws NoteFormatException {
    // base64 may hold a plus, so only the first two divide
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new NoteFormatException(Reason.BAD_KEY, 1);
    }
    String name = parts[0];
    if (!isName(name)) {
      throw new NoteFormatException(Reason.BAD_KEY_NAME, 1);
    }
    byte[] typed = Base64Text.decode(parts[2], 1);
    SignatureType type =
        typed.length == 0 ? null : SignatureType.of(Byte.toUnsignedInt(typed[0])).orElse(null);
    if (type == null || typed.length != 1 + type.keyBytes()) {
      throw new NoteFormatException(Reason.BAD_KEY, 1);
    }
    byte[] bare = Arrays.copyOfRange(typed, 1, typed.length);
    if (idOf(name, type, bare) != HexFormat.fromHexDigits(parts[1])) {
      throw new NoteFormatException(Reason.KEY_ID_MISMATCH, 1);
    }
    try {
      return new VerifierKey(name, type, bare, RawKeys.key(type, bare));
    } catch (IllegalArgumentException _) {
      throw new NoteFormatException(Reason.BAD_KEY, 1);
    }
  }

  /**
   * Whether this can be the name of a key: not empty, no space of any kind, no plus, no control.
   */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                c ->
                    c == '+'
                        || Character.isSpaceChar(c)
                        || Character.isWhitespace(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE);
  }

  private static int idOf(String name, SignatureType type, byte[] bare) {
    MessageDigest digest = Sha256.digest();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update((byte) type.code());
    return ByteBuffer.wrap(digest.digest(bare)).getInt();
  }

  /** The name it signs under. */
  public String name() {
    return name;
  }

  /** What it signs with. */
  public SignatureType type() {
    return type;
  }

  /** The first four bytes of SHA-256(name || 0x0A || type || key). */
  public int id() {
    return id;
  }

  PublicKey key() {
    return key;
  }

  /** Whether a signature says it is from this key. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == id && signature.name().equals(name);
  }

  /** Whether it is the same public key, under whatever name and type. */
  public boolean isSameKeyAs(VerifierKey other) {
    return Arrays.equals(bare, other.bare);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(bare, that.bare);
  }

  @Override
  public int hashCode() {
    return id;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + bare.length];
    typed[0] = (byte) type.code();
    System.arraycopy(bare, 0, typed, 1, bare.length);
    return name
        + "+"
        + HexFormat.of().toHexDigits(id)
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }
}
