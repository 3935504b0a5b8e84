/**
 * Signed notes, checkpoints and cosignatures as the C2SP specifications signed-note,
 * tlog-checkpoint and tlog-cosignature write them. Readers are strict: what they accept, writers
 * give back byte for byte.
 */
@NullMarked
package io.countersign.auditlog.note;

import org.jspecify.annotations.NullMarked;
