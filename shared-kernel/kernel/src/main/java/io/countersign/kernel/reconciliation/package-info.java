/** Comparing what a source has with what the log has: facts about it, and what asks for them. */
@NullMarked
package io.countersign.kernel.reconciliation;

import org.jspecify.annotations.NullMarked;
