/** The event log under crashes, pauses and long snapshots, measured and checked from outside. */
@NullMarked
package io.countersign.benchmarks;

import org.jspecify.annotations.NullMarked;
