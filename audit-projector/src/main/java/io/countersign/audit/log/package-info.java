/** The log over HTTP: head, entries, verification. */
@NullMarked
package io.countersign.audit.log;

import org.jspecify.annotations.NullMarked;
