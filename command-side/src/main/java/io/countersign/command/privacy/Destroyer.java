package io.countersign.command.privacy;

import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.SubjectId;
import java.util.List;

/**
 * What an erasure does outside of the log. Each step may be done again, and gives the same again:
 * the automation never knows how far a node got before it died.
 */
interface Destroyer {

  /** Leaves no alias that leads to the subject. */
  void forget(SubjectId subject) throws Exception;

  /** Destroys all keys of an owner, under the log's lock. */
  void destroy(KeyOwner owner);

  /** All keys of an owner that were destroyed, now or before. */
  List<DestroyedKey> destroyed(KeyOwner owner);

  /** State of the key ring in the database. */
  long destructions();
}
