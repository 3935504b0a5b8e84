package io.countersign.kernel.workitem;

import java.util.List;
import java.util.UUID;

/** The answer to a {@link GateCommand}. */
public sealed interface GateAnswer {

  /**
   * It holds.
   *
   * @param id of what was recorded, or was there already
   * @param revision of the work item it is about
   */
  record Recorded(UUID id, int revision) implements GateAnswer {}

  /** It was not taken; nothing is recorded. */
  record Refused(WorkItemRejection rejection) implements GateAnswer {}

  /**
   * What may follow.
   *
   * @param from state the work item is in
   * @param revision its revision
   * @param prospects transitions, the allowed ones too
   */
  record Considered(WorkItemState from, int revision, List<Prospect> prospects)
      implements GateAnswer {}
}
