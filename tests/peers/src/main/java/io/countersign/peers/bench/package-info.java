/** Runs the competitors in turn on one PostgreSQL and prints one table. */
@NullMarked
package io.countersign.peers.bench;

import org.jspecify.annotations.NullMarked;
