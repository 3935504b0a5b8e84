/** Recomputing the stored log. */
@NullMarked
package io.countersign.audit.verify;

import org.jspecify.annotations.NullMarked;
