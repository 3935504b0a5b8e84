package io.countersign.audit.scrub;

import io.countersign.audit.scrub.ScrubState.ScrubFinding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far verifying in the background is, and what it found.
 *
 * @param on whether this node does it
 * @param rate entries a second at most
 * @param next the index it goes on from
 * @param rounds how often it read the whole log since this node started
 * @param roundEndedAt when the last whole round ended; absent before the first
 * @param findingCount how much was found and was not gone in a later round
 * @param findings the first hundred of them
 */
record ScrubView(
    boolean on,
    int rate,
    long next,
    long rounds,
    @Nullable Instant roundEndedAt,
    long findingCount,
    List<ScrubFinding> findings) {}
