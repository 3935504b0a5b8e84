/**
 * Two-way sync: what is decided here is written to Azure DevOps, once, and never over what somebody
 * else did there.
 */
@NullMarked
package io.countersign.command.sync;

import org.jspecify.annotations.NullMarked;
