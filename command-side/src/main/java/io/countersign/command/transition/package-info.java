/** Asking for a transition over HTTP. */
@NullMarked
package io.countersign.command.transition;

import org.jspecify.annotations.NullMarked;
