package io.countersign.audit.verify;

import java.util.OptionalLong;
import java.util.UUID;

/** What the log itself says about text that was lawfully made unreadable. */
public interface Erasures {

  /** The entry that says a data key was destroyed; empty when none does. */
  OptionalLong ofKey(UUID key);

  /** The entry that says the payload of an entry was removed; empty when none does. */
  OptionalLong ofPayload(long index);

  /** The log says nothing of the kind. */
  Erasures NONE =
      new Erasures() {
        @Override
        public OptionalLong ofKey(UUID key) {
          return OptionalLong.empty();
        }

        @Override
        public OptionalLong ofPayload(long index) {
          return OptionalLong.empty();
        }
      };
}
