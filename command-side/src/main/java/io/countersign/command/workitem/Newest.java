package io.countersign.command.workitem;

import io.countersign.kernel.workitem.SourceChange;

/**
 * Which update told last of what holds now. Notifications come in any order: an older update still
 * counts for what no newer one touched.
 *
 * @param state update id of the last state change; 0 when none is known
 * @param title update id of the last change of the title
 * @param assignee update id of the last change of who has it
 */
record Newest(int state, int title, int assignee) {

  static final Newest NONE = new Newest(0, 0, 0);

  Newest stateBy(SourceChange change) {
    return new Newest(later(state, change), title, assignee);
  }

  Newest titleBy(SourceChange change) {
    return new Newest(state, later(title, change), assignee);
  }

  Newest assigneeBy(SourceChange change) {
    return new Newest(state, title, later(assignee, change));
  }

  private static int later(int known, SourceChange change) {
    Integer updateId = change.updateId();
    return updateId == null ? known : Math.max(known, updateId);
  }
}
