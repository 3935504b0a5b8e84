package io.countersign.sandbox.azuredevops;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/** What the service does not let become of parents and children. */
final class Hierarchy {

  static final String CHILD = "System.LinkTypes.Hierarchy-Forward";
  static final String PARENT = "System.LinkTypes.Hierarchy-Reverse";

  private Hierarchy() {}

  /** One parent at most, and nobody is their own ancestor. */
  static void check(WorkItem item, String rel, WorkItem other, IntFunction<WorkItem> others) {
    if (item.id() == other.id()) {
      throw ApiError.badPatch(
          "TF201035: You cannot add a link from work item %d to itself.".formatted(item.id()));
    }
    if (!rel.equals(CHILD) && !rel.equals(PARENT)) {
      return;
    }
    WorkItem parent = rel.equals(CHILD) ? item : other;
    WorkItem child = rel.equals(CHILD) ? other : item;
    OptionalInt already = parentOf(child);
    if (already.isPresent() && already.getAsInt() != parent.id()) {
      throw ApiError.badPatch(
          ("TF201036: You cannot add a Child link between work items %d and %d because a work item"
                  + " can have only one Parent link.")
              .formatted(parent.id(), child.id()));
    }
    Set<Integer> seen = new HashSet<>();
    WorkItem above = parent;
    while (seen.add(above.id())) {
      if (above.id() == child.id()) {
        throw ApiError.badPatch(
            ("TF201035: You cannot add a Child link between work items %d and %d because it would"
                    + " result in a circular relationship.")
                .formatted(parent.id(), child.id()));
      }
      OptionalInt next = parentOf(above);
      if (next.isEmpty()) {
        return;
      }
      above = others.apply(next.getAsInt());
    }
  }

  private static OptionalInt parentOf(WorkItem item) {
    return item.relations().stream()
        .filter(relation -> relation.rel().equals(PARENT))
        .map(Relation::target)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }
}
