/**
 * Reconciliation: compares what Azure DevOps has with what the log has, fetches what no webhook
 * told, and looks after the webhooks themselves.
 */
@NullMarked
package io.countersign.command.reconciliation;

import org.jspecify.annotations.NullMarked;
