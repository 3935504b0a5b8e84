/** Everything that can go wrong over HTTP, in one place. */
@NullMarked
package io.countersign.kernel.problem;

import org.jspecify.annotations.NullMarked;
