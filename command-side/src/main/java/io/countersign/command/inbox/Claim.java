package io.countersign.command.inbox;

/**
 * One delivery to handle, and the lane's lease that permits it.
 *
 * @param position arrival order
 * @param fence of the lease; closing needs the same one
 * @param attempt 1 for the first
 */
record Claim(long position, String lane, long fence, int attempt) {}
