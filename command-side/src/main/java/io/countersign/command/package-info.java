/** The command side: what may happen next. */
@NullMarked
package io.countersign.command;

import org.jspecify.annotations.NullMarked;
