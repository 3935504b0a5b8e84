package io.countersign.peers.flowable;

import io.countersign.peers.front.Change;
import io.countersign.peers.front.Judgement;
import java.util.Objects;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;

/** The process' one task: keeps what an update tells and judges its state change. */
public final class Judge implements JavaDelegate {

  static final String TOLD = "told";

  /** For the engine. */
  public Judge() {}

  @Override
  public void execute(DelegateExecution execution) {
    var change = (Change) Objects.requireNonNull(execution.getTransientVariable(TOLD));
    if (execution.getVariable("update") instanceof Integer known && known >= change.update()) {
      return;
    }
    execution.setVariable("update", change.update());
    execution.setVariable("notification", change.notification());
    execution.setVariable("fields", change.fields());
    String from = (String) execution.getVariable("state");
    String to = change.state();
    if (to != null && !to.equals(from)) {
      execution.setVariable("state", to);
      execution.setVariable("verdict", Judgement.of(from, to));
    }
  }
}
