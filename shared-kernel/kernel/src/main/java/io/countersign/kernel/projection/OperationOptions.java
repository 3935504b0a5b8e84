package io.countersign.kernel.projection;

import org.jspecify.annotations.Nullable;

/**
 * How something is to be done to a projection. What does not concern the kind of operation is
 * absent.
 *
 * @param version of the projection; absent: the newest, or the one that is read
 * @param generation number of a set of tables, counted within the version
 * @param segment number of a parallel part
 * @param eventsPerSecond most events a second that are loaded; absent: as many as can be
 * @param stay true: what is built is not to be read yet
 */
public record OperationOptions(
    @Nullable Integer version,
    @Nullable Integer generation,
    @Nullable Integer segment,
    @Nullable Integer eventsPerSecond,
    boolean stay) {

  /** As usual. */
  public static final OperationOptions USUAL = new OperationOptions(null, null, null, null, false);
}
