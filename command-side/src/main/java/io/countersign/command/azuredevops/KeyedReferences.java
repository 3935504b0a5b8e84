package io.countersign.command.azuredevops;

import io.countersign.eventlog.encryption.KeyDestroyedException;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** References by HMAC under a key of the owner's own, which dies with the others. */
public final class KeyedReferences implements References {

  private static final String PURPOSE = "reference";

  /** Looked up once: the search among the providers costs as much as the hash. */
  private static final Provider PROVIDER = provider();

  private final KeyRing keys;

  /** On a key ring. */
  public KeyedReferences(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public String of(KeyOwner owner, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256", PROVIDER);
      byte[] key = keys.keyFor(owner, PURPOSE).secret().getEncoded();
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] reference = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return "sealed:" + Base64.getUrlEncoder().withoutPadding().encodeToString(reference);
    } catch (KeyDestroyedException _) {
      return "erased";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static Provider provider() {
    try {
      return Mac.getInstance("HmacSHA256").getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
