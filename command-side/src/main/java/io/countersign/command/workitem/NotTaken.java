package io.countersign.command.workitem;

import io.countersign.kernel.workitem.WorkItemRejection;
import io.countersign.kernel.workitem.WorkItemRejection.GateRefuses;

/** Ends a decision about a gate that is not taken. Never leaves the aggregate. */
final class NotTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient WorkItemRejection rejection;

  NotTaken(WorkItemRejection rejection) {
    super(rejection.reason(), null, false, false);
    this.rejection = rejection;
  }

  static NotTaken because(String code, String reason) {
    return new NotTaken(new GateRefuses(code, reason));
  }

  WorkItemRejection rejection() {
    return rejection;
  }
}
