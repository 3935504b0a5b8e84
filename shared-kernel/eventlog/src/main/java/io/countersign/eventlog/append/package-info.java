/** The committer: many commands' events, one statement. */
@NullMarked
package io.countersign.eventlog.append;

import org.jspecify.annotations.NullMarked;
