/** Proofs out of the published log: that an entry is in it, and that it only grew. */
@NullMarked
package io.countersign.audit.proof;

import org.jspecify.annotations.NullMarked;
