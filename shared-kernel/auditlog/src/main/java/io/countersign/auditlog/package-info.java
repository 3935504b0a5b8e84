/**
 * The audit log as a pure library, readable end to end: entry bytes, hashes, chain verification.
 */
@NullMarked
package io.countersign.auditlog;

import org.jspecify.annotations.NullMarked;
