package io.countersign.command.workitem;

import io.countersign.kernel.workitem.SourceChange;

/**
 * Which update told last of what holds now. Notifications come in any order: an older update still
 * counts for what no newer one touched.
 *
 * @param state update id of the last state change; 0 when none is known
 * @param title update id of the last change of the title
 * @param assignee update id of the last change of who has it
 * @param type update id of the last change of what kind of item it is
 */
record Newest(int state, int title, int assignee, int type) {

  static final Newest NONE = new Newest(0, 0, 0, 0);

  Newest stateBy(SourceChange change) {
    return new Newest(later(state, change), title, assignee, type);
  }

  Newest titleBy(SourceChange change) {
    return new Newest(state, later(title, change), assignee, type);
  }

  Newest assigneeBy(SourceChange change) {
    return new Newest(state, title, later(assignee, change), type);
  }

  Newest typeBy(SourceChange change) {
    return new Newest(state, title, assignee, later(type, change));
  }

  /** Whether a newer update than this change told of the kind of item. */
  boolean hasLaterType(SourceChange change) {
    return change.updateId() != null && change.updateId() < type;
  }

  private static int later(int known, SourceChange change) {
    Integer updateId = change.updateId();
    return updateId == null ? known : Math.max(known, updateId);
  }
}
