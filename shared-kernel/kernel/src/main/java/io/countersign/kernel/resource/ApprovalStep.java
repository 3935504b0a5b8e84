package io.countersign.kernel.resource;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One approver's part of an approval.
 *
 * @param assigned who is asked
 * @param decidedBy who answered
 * @param status the source's word, for example {@code pending}, {@code approved}
 * @param comment what was said
 * @param at when it was last touched
 */
public record ApprovalStep(
    @Nullable Person assigned,
    @Nullable Person decidedBy,
    String status,
    @Nullable SealedText comment,
    @Nullable Instant at) {}
