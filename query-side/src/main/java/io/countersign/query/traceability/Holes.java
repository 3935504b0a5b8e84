package io.countersign.query.traceability;

import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is missing in a row of the matrix: the same questions as the findings of a requirement. */
final class Holes {

  private static final Set<String> TESTED_OR_FURTHER =
      EnumSet.of(
              WorkItemState.TESTING,
              WorkItemState.STAGING,
              WorkItemState.PRODUCTION,
              WorkItemState.DONE)
          .stream()
          .map(WorkItemState::word)
          .collect(Collectors.toSet());

  private Holes() {}

  static List<FindingKind> of(
      @Nullable String state,
      List<MatrixView.Item> ancestors,
      List<MatrixView.Item> tasks,
      List<MatrixView.Item> tests,
      boolean artifacts,
      List<MatrixView.Deployment> deployments) {
    List<FindingKind> holes = new ArrayList<>();
    if (ancestors.isEmpty()) {
      holes.add(FindingKind.ORPHAN);
    }
    if (tasks.isEmpty()) {
      holes.add(FindingKind.NOT_BROKEN_DOWN);
    }
    if (tests.isEmpty()) {
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
}
