/** Escalations: raised by what breaks or by hand, climbing while nobody answers, told outside. */
@NullMarked
package io.countersign.command.escalation;

import org.jspecify.annotations.NullMarked;
