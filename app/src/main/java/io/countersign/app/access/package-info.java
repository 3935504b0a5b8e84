/** Principals, their tokens, and who may call which handler. */
@NullMarked
package io.countersign.app.access;

import org.jspecify.annotations.NullMarked;
