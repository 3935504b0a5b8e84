package io.countersign.command.privacy;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.eventlog.serialization.SealedTexts;
import io.countersign.kernel.privacy.ErasureCertificate.DecryptProbe;
import io.countersign.kernel.privacy.SealedText;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/** Searches the whole log for text that was sealed with given keys, and tries to open all of it. */
final class Probe {

  private final LogPages log;
  private final TextCipher cipher;

  Probe(LogPages log, TextCipher cipher) {
    this.log = log;
    this.cipher = cipher;
  }

  DecryptProbe run(Set<UUID> keys) {
    long size = log.size();
    var counts = new long[3];
    log.read(
        0,
        size,
        entry -> {
          if (Collections.disjoint(SealedKeys.in(entry.payload()), keys)) {
            return;
          }
          counts[0]++;
          for (SealedText text : SealedTexts.in(entry.payload())) {
            SealedText.Envelope envelope = text.envelope();
            if (envelope != null && keys.contains(envelope.key())) {
              counts[1]++;
              counts[2] += cipher.open(text) instanceof Opened.Text ? 1 : 0;
            }
          }
        });
    return new DecryptProbe(size, counts[0], counts[1], counts[2]);
  }
}
