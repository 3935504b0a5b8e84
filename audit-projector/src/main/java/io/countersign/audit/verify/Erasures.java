package io.countersign.audit.verify;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import java.util.OptionalLong;
import java.util.UUID;

/** What the log itself says about text that was lawfully made unreadable. */
public interface Erasures {

  /** The entry that says a data key was destroyed; empty when none does. */
  OptionalLong ofKey(UUID key);

  /**
   * The entry that says the text of a payload was removed, and that this is what is left of it;
   * empty when none does.
   *
   * @param entry whose payload it is
   * @param stored digest of the payload that is stored now
   */
  OptionalLong ofPayload(Entry entry, ContentDigest stored);

  /** The entry that says the text of the payload at an index is to be removed. */
  OptionalLong purgeOf(long index);

  /** The log says nothing of the kind. */
  Erasures NONE =
      new Erasures() {
        @Override
        public OptionalLong ofKey(UUID key) {
          return OptionalLong.empty();
        }

        @Override
        public OptionalLong ofPayload(Entry entry, ContentDigest stored) {
          return OptionalLong.empty();
        }

        @Override
        public OptionalLong purgeOf(long index) {
          return OptionalLong.empty();
        }
      };
}
