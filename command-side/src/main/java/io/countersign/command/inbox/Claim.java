package io.countersign.command.inbox;

import io.countersign.command.inbox.ContentStore.Stored;
import org.jspecify.annotations.Nullable;

/**
 * One delivery to handle, and the lane's lease that permits it.
 *
 * @param position arrival order
 * @param fence of the lease, unique on this node; closing needs the same one
 * @param attempt 1 for the first
 * @param excused earlier attempts that failed for an outage: they do not count towards the limit
 * @param stored the delivery as stored, read with the claim; null when it is too large for that
 */
record Claim(
    long position, String lane, long fence, int attempt, int excused, @Nullable Stored stored) {

  /** Without content. */
  @Override
  public String toString() {
    return "Claim[" + position + ", attempt " + attempt + "]";
  }
}
