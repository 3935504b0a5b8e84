/** What became of each entry: findings put together and counted, one verdict an entry. */
@NullMarked
package io.countersign.auditlog.verdict;

import org.jspecify.annotations.NullMarked;
