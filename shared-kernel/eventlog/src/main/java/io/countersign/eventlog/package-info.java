/** Axon's event store on PostgreSQL: every event is one entry of the audit log. */
@NullMarked
package io.countersign.eventlog;

import org.jspecify.annotations.NullMarked;
