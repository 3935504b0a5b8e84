/** Flowable, embedded, with its full history. */
@NullMarked
package io.countersign.peers.flowable;

import org.jspecify.annotations.NullMarked;
