/** Pooled streaming processors on the log. */
@NullMarked
package io.countersign.eventlog.processing;

import org.jspecify.annotations.NullMarked;
