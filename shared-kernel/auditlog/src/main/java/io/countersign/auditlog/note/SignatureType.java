package io.countersign.auditlog.note;

import java.util.Optional;

/** The algorithms that sign here, with the type bytes of C2SP signed-note. */
public enum SignatureType {

  /** Ed25519 over the text of the note. */
  ED25519(0x01, 32, 64, "Ed25519"),

  /** A cosignature with its time, by Ed25519. */
  COSIGNATURE_ED25519(0x04, 32, Long.BYTES + 64, "Ed25519"),

  /** A cosignature with its time, by ML-DSA-44 (FIPS 204). */
  COSIGNATURE_ML_DSA_44(0x06, 1_312, Long.BYTES + 2_420, "ML-DSA-44");

  private final int code;
  private final int keyBytes;
  private final int signatureBytes;
  private final String algorithm;

  SignatureType(int code, int keyBytes, int signatureBytes, String algorithm) {
    this.code = code;
    this.keyBytes = keyBytes;
    this.signatureBytes = signatureBytes;
    this.algorithm = algorithm;
  }

  static Optional<SignatureType> of(int code) {
    for (SignatureType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type byte. */
  public int code() {
    return code;
  }

  /** Whether signatures of this type say when they were made. */
  public boolean isCosignature() {
    return this != ED25519;
  }

  int keyBytes() {
    return keyBytes;
  }

  /** Without the four bytes of the key id, with those of the time. */
  int signatureBytes() {
    return signatureBytes;
  }

  /** Java's name. */
  public String algorithm() {
    return algorithm;
  }
}
