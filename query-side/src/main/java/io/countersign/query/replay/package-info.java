/** Replays of the log beside the live rows, and comparing both. */
@NullMarked
package io.countersign.query.replay;

import org.jspecify.annotations.NullMarked;
