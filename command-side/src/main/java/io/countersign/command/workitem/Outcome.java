package io.countersign.command.workitem;

import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.List;
import java.util.UUID;

/** What a decision about a gate records and answers. */
record Outcome(List<WorkItemEvent> events, GateAnswer answer) {

  static Outcome recorded(UUID id, int revision, WorkItemEvent... events) {
    return new Outcome(List.of(events), new GateAnswer.Recorded(id, revision));
  }
}
