/**
 * Rules as data. {@code yaml} reads files, {@code expression} compiles and evaluates conditions,
 * {@code policy} says what a transition needs and decides. Pure: no clock, no I/O.
 */
@NullMarked
package io.countersign.rules;

import org.jspecify.annotations.NullMarked;
