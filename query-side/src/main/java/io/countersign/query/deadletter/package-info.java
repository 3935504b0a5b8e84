/** Events that a projection could not take: what waits, trying it again, giving it up. */
@NullMarked
package io.countersign.query.deadletter;

import org.jspecify.annotations.NullMarked;
