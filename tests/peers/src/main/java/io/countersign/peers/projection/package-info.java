/** The work items' projection as Axon applications with JPA write it. */
@NullMarked
package io.countersign.peers.projection;

import org.jspecify.annotations.NullMarked;
