/** Axon with its Spring Boot starter and JPA, as its documentation sets it up. */
@NullMarked
package io.countersign.peers.axonjpa;

import org.jspecify.annotations.NullMarked;
