/** What becomes of a halted log, and which key signs: asked and decided over HTTP. */
@NullMarked
package io.countersign.audit.halt;

import org.jspecify.annotations.NullMarked;
