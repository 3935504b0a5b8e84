/** Escalations: something a human has to look at, who, and by when. */
@NullMarked
package io.countersign.kernel.escalation;

import org.jspecify.annotations.NullMarked;
