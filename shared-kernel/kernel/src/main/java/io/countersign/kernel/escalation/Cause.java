package io.countersign.kernel.escalation;

import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an escalation is about, by references only.
 *
 * @param kind for example {@code transition-violated}, {@code state-unmapped}, {@code by-hand}
 * @param workItem the work item, where it is about one
 * @param project the project, where it is known
 * @param rule the rule that was broken, where there is one
 * @param entries indexes of the entries that are evidence
 */
public record Cause(
    String kind,
    @Nullable WorkItemId workItem,
    @Nullable ProjectId project,
    @Nullable String rule,
    List<Long> entries) {

  /** Checks the kind, copies the entries. */
  public Cause {
    if (!kind.matches("[a-z][a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("a kind of cause is a word in lower case with hyphens");
    }
    if (rule != null && rule.length() > 200) {
      throw new IllegalArgumentException("a rule has at most 200 characters");
    }
    entries = List.copyOf(entries);
  }
}
