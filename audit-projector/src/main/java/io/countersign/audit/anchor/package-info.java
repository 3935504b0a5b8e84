/**
 * Anchors: others vouch that a checkpoint was there. Time-stamping authorities, witnesses, and a
 * file that is only ever added to. Each result is an entry of the log.
 */
@NullMarked
package io.countersign.audit.anchor;

import org.jspecify.annotations.NullMarked;
