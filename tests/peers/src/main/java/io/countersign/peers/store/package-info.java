/** Axon's JPA engine in the table of event stores. */
@NullMarked
package io.countersign.peers.store;

import org.jspecify.annotations.NullMarked;
