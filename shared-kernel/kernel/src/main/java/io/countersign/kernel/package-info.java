/** Values every part of Countersign speaks in. No framework, no I/O, no clock, no randomness. */
@NullMarked
package io.countersign.kernel;

import org.jspecify.annotations.NullMarked;
