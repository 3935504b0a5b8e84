/** Faults between the program and its database: the line, the disk, the flush, the clock. */
@NullMarked
package io.countersign.e2e.faults;

import org.jspecify.annotations.NullMarked;
