package io.countersign.peers.operaton;

import io.countersign.peers.front.Judgement;
import java.util.Objects;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** The process' one task: keeps what an update tells and judges its state change. */
public final class Judge implements JavaDelegate {

  static final String UPDATE = "toldUpdate";
  static final String NOTIFICATION = "toldNotification";
  static final String FIELDS = "toldFields";
  static final String STATE = "toldState";

  /** For the engine. */
  public Judge() {}

  @Override
  public void execute(DelegateExecution execution) {
    var update = (Integer) Objects.requireNonNull(execution.getVariable(UPDATE));
    if (execution.getVariable("update") instanceof Integer known && known >= update) {
      return;
    }
    execution.setVariable("update", update);
    execution.setVariable("notification", execution.getVariable(NOTIFICATION));
    execution.setVariable("fields", execution.getVariable(FIELDS));
    String from = (String) execution.getVariable("state");
    String to = (String) execution.getVariable(STATE);
    if (to != null && !to.equals(from)) {
      execution.setVariable("state", to);
      execution.setVariable("verdict", Judgement.of(from, to));
    }
  }
}
