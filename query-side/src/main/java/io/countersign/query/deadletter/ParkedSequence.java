package io.countersign.query.deadletter;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events that waits because its first one could not be taken.
 *
 * @param id of the parking
 * @param projection name of the projection
 * @param processor name of its processor
 * @param sequence which events wait: an aggregate's id
 * @param firstEntry index of the entry of the event that failed
 * @param lastEntry index of the entry of the last event that waits
 * @param letters how many wait
 * @param event logical name of the event that failed
 * @param code what is wrong with it: class of the error, or SQLSTATE
 * @param sqlState SQLSTATE; absent when not PostgreSQL refused it
 * @param error the same in a sentence
 * @param parkedAt since when
 * @param attempts how often this event was tried
 * @param lastAttemptAt when last
 */
@Schema(name = "ParkedSequence", description = "Events that wait because the first one failed")
public record ParkedSequence(
    UUID id,
    String projection,
    String processor,
    String sequence,
    long firstEntry,
    long lastEntry,
    int letters,
    String event,
    String code,
    @Nullable String sqlState,
    String error,
    Instant parkedAt,
    int attempts,
    Instant lastAttemptAt) {}
