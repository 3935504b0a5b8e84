/** Projects and their processes. */
@NullMarked
package io.countersign.kernel.project;

import org.jspecify.annotations.NullMarked;
