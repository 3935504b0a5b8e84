/** The event store beside others on one PostgreSQL: rates, latencies, CPU, WAL. */
@NullMarked
package io.countersign.benchmarks.store;

import org.jspecify.annotations.NullMarked;
