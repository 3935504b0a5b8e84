package io.countersign.audit.seal;

import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;

/**
 * Is told of each checkpoint after it was published, and once of the one that was there when
 * sealing began. Called on the sealing thread, so what takes long belongs on another one. A failure
 * is logged the first time it comes and never stops the sealing.
 */
public interface SealedListener {

  /**
   * A checkpoint stands.
   *
   * @param checkpoint what it says
   * @param note as it was published
   */
  void sealed(Checkpoint checkpoint, SignedNote note);
}
