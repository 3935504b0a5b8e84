/** Escalations as queries see them. */
@NullMarked
package io.countersign.query.escalation;

import org.jspecify.annotations.NullMarked;
