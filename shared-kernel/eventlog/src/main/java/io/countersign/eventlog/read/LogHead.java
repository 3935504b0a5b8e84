package io.countersign.eventlog.read;

import java.time.Instant;

/**
 * The end of the log.
 *
 * @param lastIndex index of the last entry, from 0
 * @param entryHash its hash, 32 bytes
 * @param recordedAt when it was recorded
 */
public record LogHead(long lastIndex, byte[] entryHash, Instant recordedAt) {}
