package io.countersign.kernel.resource;

import io.countersign.kernel.project.ProjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The notification that reported a fact.
 *
 * @param notification its event type in the source, for example {@code build.complete}
 * @param delivery our delivery id
 * @param project the project, where told
 * @param at when, by the source's clock
 */
public record Report(String notification, UUID delivery, @Nullable ProjectId project, Instant at) {}
