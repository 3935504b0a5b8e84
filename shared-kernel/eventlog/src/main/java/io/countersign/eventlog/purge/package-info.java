/** Removing the text of stored payloads, as events of the log say. */
@NullMarked
package io.countersign.eventlog.purge;

import org.jspecify.annotations.NullMarked;
