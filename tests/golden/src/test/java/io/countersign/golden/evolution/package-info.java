/** Revisions and upcasters on a real log, with a catalogue of its own: nothing is released yet. */
@NullMarked
package io.countersign.golden.evolution;

import org.jspecify.annotations.NullMarked;
