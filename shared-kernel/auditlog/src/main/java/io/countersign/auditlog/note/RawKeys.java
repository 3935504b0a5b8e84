package io.countersign.auditlog.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Public keys as the bare bytes that notes use, and as Java's objects. */
final class RawKeys {

  /** What precedes the bare key in a SubjectPublicKeyInfo: RFC 8410 §4. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** RFC 9881 §4. */
  private static final byte[] ML_DSA_44 =
      HexFormat.of().parseHex("30820532300b060960864801650304031103820521" + "00");

  private RawKeys() {}

  static byte[] bare(SignatureType type, PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] prefix = prefix(type);
    if (encoded.length != prefix.length + type.keyBytes()
        || !Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length)) {
      throw new IllegalArgumentException("not a public key for " + type.algorithm());
    }
    return Arrays.copyOfRange(encoded, prefix.length, encoded.length);
  }

  static PublicKey key(SignatureType type, byte[] bare) {
    byte[] prefix = prefix(type);
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + bare.length);
    System.arraycopy(bare, 0, encoded, prefix.length, bare.length);
    try {
      return KeyFactory.getInstance(type.algorithm())
          .generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a public key for " + type.algorithm(), e);
    }
  }

  private static byte[] prefix(SignatureType type) {
    return type == SignatureType.COSIGNATURE_ML_DSA_44 ? ML_DSA_44 : ED25519;
  }
}
