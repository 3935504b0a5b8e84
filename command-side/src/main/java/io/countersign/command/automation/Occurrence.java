package io.countersign.command.automation;

import java.time.Instant;

/**
 * An event an automation looks at.
 *
 * @param event the event
 * @param id of the event: what its intents are caused by
 * @param index of its entry
 * @param at when it was recorded
 * @param aggregateId whose event; empty for one of no aggregate
 * @param correlationId the conversation it belongs to
 */
public record Occurrence(
    Object event, String id, long index, Instant at, String aggregateId, String correlationId) {}
