package io.countersign.peers.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param plan long or short
 * @param store whether the event store is measured, too
 * @param root of the checkout
 * @param out folder for raw results
 */
record Arguments(Plan plan, boolean store, Path root, Path out) {

  static Arguments of(String... args) {
    Plan plan = Plan.LONG;
    boolean store = true;
    List<String> only = List.of();
    Path root = Path.of(System.getProperty("countersign.root", ".")).toAbsolutePath().normalize();
    Path out = root.resolve("tests/peers/target/results");
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String word = rest.pop();
      switch (word) {
        case "--only" -> only = List.of(rest.pop().split(","));
        case "--path" -> store = false;
        case "--short" -> plan = Plan.SHORT;
        case "--out" -> out = Path.of(rest.pop()).toAbsolutePath();
        default -> throw new IllegalArgumentException("unknown: " + word);
      }
    }
    return new Arguments(plan.only(only), store, root, out);
  }
}
