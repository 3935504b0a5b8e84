/** Operaton, embedded, with its full history. */
@NullMarked
package io.countersign.peers.operaton;

import org.jspecify.annotations.NullMarked;
