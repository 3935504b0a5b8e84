/**
 * The head map: from each aggregate to its last entry, under one root. With the root recorded in
 * the log, a few entries can be shown to be <em>all</em> entries of an aggregate, and an aggregate
 * that is not there to be absent. docs/audit-log-format.md is the norm.
 */
@NullMarked
package io.countersign.auditlog.headmap;

import org.jspecify.annotations.NullMarked;
