package io.countersign.peers.bench;

import java.util.Map;

/**
 * Figures by name.
 *
 * @param values what is known
 */
record Figures(Map<String, Double> values) {

  /** A figure; NaN when it was not measured. */
  double get(String name) {
    return values.getOrDefault(name, Double.NaN);
  }
}
