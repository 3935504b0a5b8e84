/** What comparing projects of the source with the log found, and how the source delivers to us. */
@NullMarked
package io.countersign.query.reconciliation;

import org.jspecify.annotations.NullMarked;
