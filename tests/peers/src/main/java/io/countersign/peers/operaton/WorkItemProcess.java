package io.countersign.peers.operaton;

import io.countersign.peers.front.Change;
import io.countersign.peers.front.Engine;
import org.operaton.bpm.engine.MismatchingMessageCorrelationException;
import org.operaton.bpm.engine.RuntimeService;
import org.operaton.bpm.engine.variable.VariableMap;
import org.operaton.bpm.engine.variable.Variables;

/** One process instance a work item; every update is a message to it. */
final class WorkItemProcess implements Engine {

  private static final String MESSAGE = "update";
  private static final String PROCESS = "work-item";

  private final RuntimeService runtime;

  WorkItemProcess(RuntimeService runtime) {
    this.runtime = runtime;
  }

  @Override
  public void record(Change change) {
    // transient: the judge stores what is to be kept
    VariableMap told =
        Variables.createVariables()
            .putValueTyped(Judge.UPDATE, Variables.integerValue(change.update(), true))
            .putValueTyped(Judge.NOTIFICATION, Variables.stringValue(change.notification(), true))
            .putValueTyped(Judge.FIELDS, Variables.stringValue(change.fields(), true))
            .putValueTyped(Judge.STATE, Variables.stringValue(change.state(), true));
    if (change.update() > 1 || exists(change)) {
      try {
        runtime
            .createMessageCorrelation(MESSAGE)
            .processInstanceBusinessKey(change.workItem())
            .setVariables(told)
            .correlate();
        return;
      } catch (MismatchingMessageCorrelationException e) {
        // an update of a work item nobody told of: its history begins here
      }
    }
    runtime.startProcessInstanceByKey(PROCESS, change.workItem(), told);
  }

  private boolean exists(Change change) {
    return runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(change.workItem())
            .count()
        > 0;
  }
}
