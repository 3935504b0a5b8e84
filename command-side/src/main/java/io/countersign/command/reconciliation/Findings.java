package io.countersign.command.reconciliation;

import io.countersign.command.inbox.Incoming;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of comparing one work item.
 *
 * @param workItem which
 * @param missing each that the source has and the log has not
 * @param unexpected update ids that the log has and the source has not
 * @param deliveries what fills the missing, in its order
 * @param readable whether its updates could be read, or did not have to be
 */
record Findings(
    WorkItemId workItem,
    List<Missing> missing,
    List<Integer> unexpected,
    List<Incoming> deliveries,
    boolean readable) {

  /** One fact that is missing. */
  record Missing(Kind kind, int number) {

    boolean isIn(Known known) {
      return switch (kind) {
        case UPDATE -> known.knowsUpdate(number);
        case REVISION -> known.knowsRevision(number);
        case DELETION -> known.isDeleted() || known.knowsRevision(number);
        case RESTORATION -> !known.isDeleted();
        case ABSENT -> false; // nothing of the source's that could be filled
      };
    }
  }

  static Findings none(WorkItemId workItem) {
    return new Findings(workItem, List.of(), List.of(), List.of(), true);
  }

  /** How many of the missing the log has now. */
  int filled(Known known) {
    return (int) missing.stream().filter(one -> one.isIn(known)).count();
  }

  List<Difference> missingRanges() {
    return ranges(missing);
  }

  List<Difference> unexpectedRanges() {
    return ranges(unexpected.stream().map(number -> new Missing(Kind.UPDATE, number)).toList());
  }

  private List<Difference> ranges(List<Missing> all) {
    List<Difference> ranges = new ArrayList<>();
    for (Missing one : all) {
      Difference before = ranges.isEmpty() ? null : ranges.getLast();
      if (before != null && before.kind() == one.kind() && before.to() + 1 == one.number()) {
        ranges.set(
            ranges.size() - 1, new Difference(workItem, one.kind(), before.from(), one.number()));
      } else {
        ranges.add(new Difference(workItem, one.kind(), one.number(), one.number()));
      }
    }
    return ranges;
  }

  /** Without the deliveries. */
  @Override
  public String toString() {
    return "Findings[" + workItem + ", missing=" + missing + "]";
  }
}
