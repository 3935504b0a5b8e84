/** Gates of work items as they stand, and what policies decided. */
@NullMarked
package io.countersign.query.gate;

import org.jspecify.annotations.NullMarked;
