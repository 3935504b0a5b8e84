/** Conditions in CEL: checked when loaded, bounded when evaluated, never a pass by accident. */
@NullMarked
package io.countersign.rules.expression;

import org.jspecify.annotations.NullMarked;
