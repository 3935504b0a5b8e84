/** Reading the log: rows, the tail that is pushed, streams of it. */
@NullMarked
package io.countersign.eventlog.stream;

import org.jspecify.annotations.NullMarked;
