package io.countersign.sandbox.traffic;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The way work items of a type usually go.
 *
 * @param type work item type
 * @param states from the first to the last
 */
record Process(String type, List<String> states) {

  private static final List<Process> AGILE =
      List.of(
          new Process("User Story", List.of("New", "Active", "Resolved", "Closed")),
          new Process("Bug", List.of("New", "Active", "Resolved", "Closed")),
          new Process("Task", List.of("New", "Active", "Closed")));

  private static final List<Process> SCRUM =
      List.of(new Process("Product Backlog Item", List.of("New", "Approved", "Committed", "Done")));

  static Process of(int project, SplittableRandom random) {
    List<Process> some = project == 1 ? SCRUM : AGILE;
    return some.get(random.nextInt(some.size()));
  }
}
