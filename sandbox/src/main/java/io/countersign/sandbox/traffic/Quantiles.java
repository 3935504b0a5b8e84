package io.countersign.sandbox.traffic;

import java.time.Duration;

/**
 * How times are distributed; all zero when there were none.
 *
 * @param count how many
 */
public record Quantiles(
    long count, Duration p50, Duration p95, Duration p99, Duration p999, Duration max) {}
