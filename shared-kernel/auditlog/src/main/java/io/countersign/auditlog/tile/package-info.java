/**
 * The log as files: tiles and entry bundles of C2SP tlog-tiles, and the proof file of C2SP
 * tlog-proof.
 */
@NullMarked
package io.countersign.auditlog.tile;

import org.jspecify.annotations.NullMarked;
