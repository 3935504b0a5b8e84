/** Senders: prebuilt bodies, a lean HTTP client, closed and open loops. */
@NullMarked
package io.countersign.peers.load;

import org.jspecify.annotations.NullMarked;
