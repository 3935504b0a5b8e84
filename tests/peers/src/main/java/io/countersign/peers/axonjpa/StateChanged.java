package io.countersign.peers.axonjpa;

import org.jspecify.annotations.Nullable;

/**
 * A state change with its verdict.
 *
 * @param workItem the aggregate
 * @param update the update that made it
 * @param from the state before
 * @param to the state after
 * @param verdict what the rules say
 */
public record StateChanged(
    String workItem, int update, @Nullable String from, String to, String verdict) {}
