package io.countersign.kernel.reconciliation;

/**
 * A count on both sides.
 *
 * @param source how many the source told
 * @param ours how many of these the log had before anything was filled
 */
public record Count(int source, int ours) {

  /** Nothing. */
  public static final Count NONE = new Count(0, 0);
}
