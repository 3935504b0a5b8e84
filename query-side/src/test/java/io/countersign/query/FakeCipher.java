package io.countersign.query;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens what {@link Histories} sealed, until an owner is erased or unreadable. */
public final class FakeCipher implements TextCipher {

  public final Set<KeyOwner> erased = ConcurrentHashMap.newKeySet();
  public final Set<KeyOwner> unreadable = ConcurrentHashMap.newKeySet();

  @Override
  public SealedText.Envelope seal(KeyOwner owner, Purpose purpose, String at, String clear) {
    throw new UnsupportedOperationException("queries seal nothing");
  }

  @Override
  public Opened open(SealedText text) {
    if (erased.contains(text.owner())) {
      return new Opened.Erased();
    }
    if (unreadable.contains(text.owner())) {
      return new Opened.Unreadable("unknown-key");
    }
    String sealed = Objects.requireNonNull(text.envelope()).sealed();
    return new Opened.Text(
        new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.UTF_8));
  }
}
