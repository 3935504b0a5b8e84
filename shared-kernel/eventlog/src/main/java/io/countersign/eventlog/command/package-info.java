/** How commands are handled so that nothing of a failed one stays in memory. */
@NullMarked
package io.countersign.eventlog.command;

import org.jspecify.annotations.NullMarked;
