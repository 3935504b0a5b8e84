package io.countersign.peers.flowable;

import io.countersign.peers.front.Change;
import io.countersign.peers.front.Engine;
import java.util.Map;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.runtime.Execution;

/** One process instance a work item; every update triggers its receive task. */
final class WorkItemProcess implements Engine {

  private static final String PROCESS = "work-item";
  private static final String WAITING = "await-update";

  private final RuntimeService runtime;

  WorkItemProcess(RuntimeService runtime) {
    this.runtime = runtime;
  }

  @Override
  public void record(Change change) {
    Execution waiting =
        runtime
            .createExecutionQuery()
            .processInstanceBusinessKey(change.workItem(), true)
            .activityId(WAITING)
            .singleResult();
    if (waiting == null) {
      runtime
          .createProcessInstanceBuilder()
          .processDefinitionKey(PROCESS)
          .businessKey(change.workItem())
          .transientVariable(Judge.TOLD, change)
          .start();
    } else {
      runtime.trigger(waiting.getId(), Map.of(), Map.of(Judge.TOLD, change));
    }
  }
}
