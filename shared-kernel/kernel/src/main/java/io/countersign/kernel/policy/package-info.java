/** Policies that transitions are judged by: how they are named, and that they were published. */
@NullMarked
package io.countersign.kernel.policy;

import org.jspecify.annotations.NullMarked;
