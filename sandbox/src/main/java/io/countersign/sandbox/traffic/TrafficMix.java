package io.countersign.sandbox.traffic;

/**
 * What traffic is made of. Every share is from 0 to 1 of the good notifications.
 *
 * @param duplicates sent a second time, byte by byte
 * @param reordered sent after the notification of the same work item that follows it
 * @param late sent many notifications of the same work item later
 * @param bad further notifications nobody can use: truncated, of an unknown type, wrongly shaped,
 *     and those of the test button
 * @param pullRequests work items that are solved by a push and a pull request
 * @param builds pull requests after whose merge a build runs
 * @param releases builds that a release deploys
 */
public record TrafficMix(
    double duplicates,
    double reordered,
    double late,
    double bad,
    double pullRequests,
    double builds,
    double releases) {

  /** Shares from 0 to 1. */
  public TrafficMix {
    for (double share :
        new double[] {duplicates, reordered, late, bad, pullRequests, builds, releases}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
      }
    }
  }

  /** Some of everything that receivers of service hooks report. */
  public static TrafficMix realistic() {
    return new TrafficMix(0.03, 0.02, 0.01, 0.02, 0.4, 0.8, 0.5);
  }

  /** Good notifications of work items, each once and in order. */
  public static TrafficMix workItemsOnly() {
    return new TrafficMix(0, 0, 0, 0, 0, 0, 0);
  }
}
