package io.countersign.audit.seal;

import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;

/**
 * A checkpoint that was published.
 *
 * @param checkpoint what it says
 * @param note as it lies in the folder
 */
record Seal(Checkpoint checkpoint, SignedNote note) {}
