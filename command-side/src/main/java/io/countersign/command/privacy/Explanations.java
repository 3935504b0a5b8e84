package io.countersign.command.privacy;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people write to explain a request. They should not name the person; in case they do, it is
 * sealed under a key of the erasure's or hold's own, which can be destroyed as well.
 */
final class Explanations {

  private static final int LONGEST = 2_000;

  private final TextCipher cipher;

  Explanations(TextCipher cipher) {
    this.cipher = cipher;
  }

  static SealedText ofErasure(UUID erasure, @Nullable String text) {
    return sealed("erasure:" + erasure, text);
  }

  static SealedText ofHold(UUID hold, @Nullable String text) {
    return sealed("hold:" + hold, text);
  }

  static SealedText ofPurge(UUID purge, @Nullable String text) {
    return sealed("purge:" + purge, text);
  }

  private static SealedText sealed(String owner, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "/reason: 1 to %d characters expected, without the person's name".formatted(LONGEST));
    }
    return SealedText.of(new KeyOwner(owner), Purpose.CONTENT, text.strip());
  }

  String open(SealedText text) {
    return switch (cipher.open(text)) {
      case Opened.Text(String value) -> value;
      case Opened.Erased() -> "(erased)";
      case Opened.Unreadable(_) -> "(unreadable)";
    };
  }
}
