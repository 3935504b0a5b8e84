/** Projections: live, rebuilt and verified, beside stock Axon and beside the least it can cost. */
@NullMarked
package io.countersign.benchmarks.projection;

import org.jspecify.annotations.NullMarked;
