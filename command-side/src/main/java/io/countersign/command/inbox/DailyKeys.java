package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.encryption.KeyRing.DataKey;
import io.countersign.kernel.privacy.KeyOwner;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One key a day (UTC) for everything received on it. Destroying it destroys the day's content. */
final class DailyKeys {

  private static final String PURPOSE = "inbox";

  private final KeyRing ring;
  private volatile @Nullable Today today;

  DailyKeys(KeyRing ring) {
    this.ring = ring;
  }

  /** The key to seal with; asks the ring once a day. */
  DataKey forDay(LocalDate day) {
    Today known = today;
    return known != null && known.day.equals(day) ? known.key : next(day);
  }

  /** One thread asks at midnight, the others wait for it. */
  private synchronized DataKey next(LocalDate day) {
    Today known = today;
    if (known == null || !known.day.equals(day)) {
      known = new Today(day, ring.keyFor(owner(day), PURPOSE));
      today = known;
    }
    return known.key;
  }

  /** Whether the day's key needs no asking. */
  boolean has(LocalDate day) {
    Today known = today;
    return known != null && known.day.equals(day);
  }

  KeyRing.Lookup find(UUID keyId) {
    return ring.find(keyId);
  }

  void destroy(LocalDate day) {
    Today known = today;
    if (known != null && known.day.equals(day)) {
      today = null;
    }
    ring.destroy(owner(day));
  }

  static KeyOwner owner(LocalDate day) {
    return new KeyOwner("inbox:" + day);
  }

  private record Today(LocalDate day, DataKey key) {}
}
