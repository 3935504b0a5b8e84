package io.countersign.command.workitem;

import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source told about the things a work item is linked to. What is not known as a whole is
 * absent, so that no rule takes half of it for all.
 *
 * @param workers authors and committers of linked commits, creators of linked pull requests
 * @param pullRequests how the linked pull requests stand, as policies see them
 * @param builds builds of the linked code, as policies see them
 * @param items type and state of linked work items that are known
 */
public record Work(
    @Nullable List<SubjectId> workers,
    @Nullable List<Map<String, Object>> pullRequests,
    @Nullable List<Map<String, Object>> builds,
    Map<WorkItemId, Related> items) {

  /** Nothing was asked. */
  static final Work NOT_ASKED = new Work(null, null, null, Map.of());

  /**
   * A linked work item.
   *
   * @param type its type
   * @param state canonical state; absent when not mapped
   */
  public record Related(String type, @Nullable String state) {

    /** Whether nothing is to be done there any more. */
    boolean closed() {
      return "Done".equals(state) || "Removed".equals(state);
    }
  }
}
