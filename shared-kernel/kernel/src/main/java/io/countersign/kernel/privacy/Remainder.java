package io.countersign.kernel.privacy;

/**
 * What is left of a payload without its text.
 *
 * @param index of the entry
 * @param remains the payload from then on, as JSON
 */
public record Remainder(long index, String remains) {}
