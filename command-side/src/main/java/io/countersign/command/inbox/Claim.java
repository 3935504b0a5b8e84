package io.countersign.command.inbox;

/**
 * One delivery to handle, and the lane's lease that permits it.
 *
 * @param position arrival order
 * @param fence of the lease; closing needs the same one
 * @param attempt 1 for the first
 * @param excused earlier attempts that failed for an outage: they do not count towards the limit
 */
record Claim(long position, String lane, long fence, int attempt, int excused) {}
