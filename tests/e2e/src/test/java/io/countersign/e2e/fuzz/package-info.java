/** Input nobody should send: malformed bodies, broken HTTP, slow senders, poison. */
@NullMarked
package io.countersign.e2e.fuzz;

import org.jspecify.annotations.NullMarked;
