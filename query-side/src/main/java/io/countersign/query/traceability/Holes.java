package io.countersign.query.traceability;

import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.Hierarchy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is missing in a row of the matrix: the same questions as the findings of a requirement.
 *
 * @param hierarchy what is asked for
 * @param type the requirement's type
 * @param state the requirement's state
 */
record Holes(Hierarchy hierarchy, String type, @Nullable String state) {

  private static final Set<String> TESTED_OR_FURTHER =
      EnumSet.of(
              WorkItemState.TESTING,
              WorkItemState.STAGING,
              WorkItemState.PRODUCTION,
              WorkItemState.DONE)
          .stream()
          .map(WorkItemState::word)
          .collect(Collectors.toSet());

  List<FindingKind> of(
      List<MatrixView.Item> ancestors,
      List<MatrixView.Item> tasks,
      List<MatrixView.Item> tests,
      boolean artifacts,
      List<MatrixView.Deployment> deployments) {
    List<FindingKind> holes = new ArrayList<>();
    if (ancestors.isEmpty() && hierarchy.dependents().contains(type)) {
      holes.add(FindingKind.ORPHAN);
    }
    if (tasks.isEmpty() && isBrokenDown()) {
      holes.add(FindingKind.NOT_BROKEN_DOWN);
    }
    if (tests.isEmpty() && hierarchy.tested().contains(type)) {
      holes.add(FindingKind.NOT_TESTED);
    }
    if (TESTED_OR_FURTHER.contains(state) && !artifacts) {
      holes.add(FindingKind.NO_CODE);
    }
    if (WorkItemState.DONE.word().equals(state)
        && deployments.stream().noneMatch(d -> "succeeded".equals(d.status()))) {
      holes.add(FindingKind.NOT_DEPLOYED);
    }
    return holes;
  }

  private boolean isBrokenDown() {
    return hierarchy.breakdowns().stream().anyMatch(link -> link.parent().equals(type));
  }
}
