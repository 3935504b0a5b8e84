package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing.DataKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Headers and body, sealed: version (1), nonce (12), AES-256-GCM of the framed content. Associated
 * data binds key and delivery, so that no body can be moved under another delivery.
 *
 * @param headers as kept
 * @param body as kept
 * @param sha256 of all bytes that were read
 */
record SealedContent(Map<String, String> headers, byte[] body, byte[] sha256) {

  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  /** Looked up once: the search among the providers costs more than a small body's encryption. */
  private static final Provider PROVIDER = provider();

  /** Ciphertext. */
  static byte[] seal(DataKey key, UUID deliveryId, SealedContent content) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] head = content.head();
    byte[] body = content.body;
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, deliveryId, nonce);
      byte[] sealed = new byte[1 + NONCE + cipher.getOutputSize(head.length + body.length)];
      sealed[0] = VERSION;
      System.arraycopy(nonce, 0, sealed, 1, NONCE);
      int written = cipher.update(head, 0, head.length, sealed, 1 + NONCE);
      cipher.doFinal(body, 0, body.length, sealed, 1 + NONCE + written);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }

  /**
   * The content again.
   *
   * @throws GeneralSecurityException when it is not what was sealed
   */
  static SealedContent open(DataKey key, UUID deliveryId, byte[] sealed)
      throws GeneralSecurityException {
    if (sealed.length < 1 + NONCE || sealed[0] != VERSION) {
      throw new GeneralSecurityException("unknown form");
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, deliveryId, nonce);
    return unframe(cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE));
  }

  private static Cipher cipher(int mode, DataKey key, UUID deliveryId, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM, PROVIDER);
    cipher.init(mode, key.secret(), new GCMParameterSpec(128, nonce));
    ByteBuffer associated = ByteBuffer.allocate(33);
    associated.put(VERSION);
    associated.putLong(key.id().getMostSignificantBits());
    associated.putLong(key.id().getLeastSignificantBits());
    associated.putLong(deliveryId.getMostSignificantBits());
    associated.putLong(deliveryId.getLeastSignificantBits());
    cipher.updateAAD(associated.array());
    return cipher;
  }

  private static Provider provider() {
    try {
      return Cipher.getInstance(ALGORITHM).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All but the body, which follows it. */
  private byte[] head() {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeShort(headers.size());
      for (var header : new TreeMap<>(headers).entrySet()) {
        out.writeUTF(header.getKey());
        out.writeUTF(header.getValue());
      }
      out.write(sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static SealedContent unframe(byte[] frame) {
    var bytes = new ByteArrayInputStream(frame);
    try (var in = new DataInputStream(bytes)) {
      Map<String, String> headers = new TreeMap<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        headers.put(in.readUTF(), in.readUTF());
      }
      byte[] sha256 = in.readNBytes(32);
      return new SealedContent(headers, bytes.readAllBytes(), sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without content. */
  @Override
  public String toString() {
    return "SealedContent[" + body.length + " bytes]";
  }
}
