/** Deliveries of notifications: durable first, handled after. */
@NullMarked
package io.countersign.command.inbox;

import org.jspecify.annotations.NullMarked;
