package io.countersign.eventlog.append;

import java.time.Instant;

/**
 * Why nothing is appended and nothing taken in on any node, until somebody has decided.
 *
 * @param reason code
 * @param origin of the log it was found in: a decision may begin another one
 * @param index first entry that is wrong or not there
 * @param words for people: what is wrong, and what can be done
 * @param node which one found it
 * @param since when
 */
public record Halt(
    String reason, String origin, long index, String words, String node, Instant since) {}
