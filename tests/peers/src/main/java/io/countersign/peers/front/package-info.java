/** The same HTTP front for every peer: what a webhook is, and who takes it. */
@NullMarked
package io.countersign.peers.front;

import org.jspecify.annotations.NullMarked;
