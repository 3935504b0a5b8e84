package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Site;

/** What the program itself counts, as an operator's monitoring reads it. */
final class Metrics {

  private Metrics() {}

  /** The sum of a metric over all its labels and all nodes; 0 when nothing was counted yet. */
  static double sum(Site site, String name) throws Exception {
    double sum = 0;
    for (Node node : site.nodes()) {
      for (String line : node.server().getOpenly("/metrics").body().split("\n")) {
        boolean counts = line.startsWith(name + "{") || line.startsWith(name + " ");
        sum += counts ? Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) : 0;
      }
    }
    return sum;
  }
}
