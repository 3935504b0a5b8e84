/**
 * Witnesses (C2SP tlog-witness), both sides of it: asking one to cosign, and being one. No Spring.
 */
@NullMarked
package io.countersign.audit.witness;

import org.jspecify.annotations.NullMarked;
