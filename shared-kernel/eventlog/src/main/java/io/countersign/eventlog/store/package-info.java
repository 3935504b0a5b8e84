/** Axon's event store on the log. */
@NullMarked
package io.countersign.eventlog.store;

import org.jspecify.annotations.NullMarked;
