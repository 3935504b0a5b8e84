/** Malformed deliveries, made from real ones by seed. */
@NullMarked
package io.countersign.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
