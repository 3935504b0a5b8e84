package io.countersign.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** Test keys that follow from owner and purpose alone: what was sealed once opens in every run. */
public final class FixedKeys implements KeyRing {

  @Override
  public DataKey keyFor(KeyOwner owner, String purpose) {
    return key(UUID.nameUUIDFromBytes((owner + " " + purpose).getBytes(UTF_8)));
  }

  @Override
  public Lookup find(UUID id) {
    return new Lookup.Found(key(id));
  }

  @Override
  public int destroy(KeyOwner owner) {
    throw new UnsupportedOperationException("keys of golden histories are for ever");
  }

  @Override
  public long destructions() {
    return 0;
  }

  private static DataKey key(UUID id) {
    try {
      byte[] secret =
          MessageDigest.getInstance("SHA-256").digest(("golden history " + id).getBytes(UTF_8));
      return new DataKey(id, new SecretKeySpec(secret, "AES"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
