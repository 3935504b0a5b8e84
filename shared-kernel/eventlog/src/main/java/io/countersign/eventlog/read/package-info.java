/** The stored log, as it lies on disk. */
@NullMarked
package io.countersign.eventlog.read;

import org.jspecify.annotations.NullMarked;
