/** Verifying the whole log again and again, in the background. */
@NullMarked
package io.countersign.audit.scrub;

import org.jspecify.annotations.NullMarked;
