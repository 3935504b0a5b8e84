/** What is done to projections on somebody's request, and what came of it. */
@NullMarked
package io.countersign.kernel.projection;

import org.jspecify.annotations.NullMarked;
