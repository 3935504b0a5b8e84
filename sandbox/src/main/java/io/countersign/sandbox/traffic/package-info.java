/**
 * Load that behaves like Azure DevOps, a ledger of what was acknowledged, and the check of the
 * ledger against what the server knows afterwards. Speaks HTTP only.
 */
@NullMarked
package io.countersign.sandbox.traffic;

import org.jspecify.annotations.NullMarked;
