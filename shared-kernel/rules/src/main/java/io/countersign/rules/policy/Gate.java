package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Approvals that a transition needs.
 *
 * @param id its name in decisions
 * @param title what is approved
 * @param roles an approval counts by one of these; none: anybody who may approve
 * @param count how many people
 * @param notRequester whoever asks for the transition does not count
 * @param notWorkers whoever worked on the item does not count
 * @param byWorker only who worked on the item counts: a review of one's own
 * @param expiresAfter an approval is good for so long; null: for good
 * @param sameRevision an approval counts for the revision it was given for
 */
public record Gate(
    String id,
    String title,
    Set<Role> roles,
    int count,
    boolean notRequester,
    boolean notWorkers,
    boolean byWorker,
    @Nullable Duration expiresAfter,
    boolean sameRevision) {}
