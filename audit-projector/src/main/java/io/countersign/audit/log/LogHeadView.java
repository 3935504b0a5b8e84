package io.countersign.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log.
 *
 * @param size number of entries
 * @param lastIndex {@code size - 1}; absent while the log is empty
 * @param entryHash hash of the last entry, hexadecimal
 * @param recordedAt when it was recorded
 */
public record LogHeadView(
    long size,
    @Nullable Long lastIndex,
    @Nullable String entryHash,
    @Nullable Instant recordedAt) {}
