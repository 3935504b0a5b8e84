/** The persisted vocabulary: logical event names and revisions. */
@NullMarked
package io.countersign.kernel.catalogue;

import org.jspecify.annotations.NullMarked;
