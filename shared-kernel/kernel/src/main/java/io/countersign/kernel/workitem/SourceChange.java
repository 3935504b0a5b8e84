package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.Person;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The change in Azure DevOps that an event reports.
 *
 * @param updateId number of the update, consecutive per work item from 1; absent where the
 *     notification has none (comments, deletion, restoration). Orders history: {@code revision}
 *     does not, links change without it
 * @param revision the work item's {@code rev} after the change
 * @param changedAt when, by Azure DevOps' clock
 * @param changedBy who, where told
 */
public record SourceChange(
    @Nullable Integer updateId, int revision, Instant changedAt, @Nullable Person changedBy) {}
