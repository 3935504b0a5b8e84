package io.countersign.kernel.projection;

/**
 * How far a parallel part of a projection was.
 *
 * @param segment number of the part, as Axon counts them
 * @param mask which bits of a sequence's hash say that it belongs to the part
 * @param position index of the last entry it had seen; -1 for none
 */
public record SegmentPosition(int segment, int mask, long position) {}
