/** Asking servers of others over HTTP. */
@NullMarked
package io.countersign.audit.outbound;

import org.jspecify.annotations.NullMarked;
