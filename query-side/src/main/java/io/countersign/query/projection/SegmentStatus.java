package io.countersign.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * How a parallel part of a projection's processor is doing.
 *
 * @param segment number of the part
 * @param mask which bits of a sequence's hash say that it belongs to the part: its share is 1 /
 *     (mask + 1)
 * @param position index up to which it has seen everything; -1 for nothing
 * @param lagPositions entries it has not seen yet
 * @param state whether it works: stopped when no node that shows life has it
 * @param node which node has it, or had it before it showed no life any more; absent when it was
 *     let go
 * @param error code of what stops it on some node; absent when nothing does
 */
public record SegmentStatus(
    int segment,
    int mask,
    long position,
    long lagPositions,
    ProcessorStatus.State state,
    @Nullable String node,
    @Nullable String error) {}
