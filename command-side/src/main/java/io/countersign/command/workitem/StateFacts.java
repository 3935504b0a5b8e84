package io.countersign.command.workitem;

import io.countersign.command.project.Transitions;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.List;

/** The state change of an update, and its judgement. */
final class StateFacts {

  private StateFacts() {}

  /**
   * Nothing when the update does not change the state.
   *
   * @param sourceState the source's state before, for an update that does not tell it
   * @param incomplete whether updates before this one are missing: judgement waits
   */
  static List<WorkItemEvent> of(RecordUpdate command, String sourceState, boolean incomplete) {
    FieldChange state = ForeignFacts.find(command.update(), Fields.STATE);
    String sourceTo = state == null ? null : ForeignFacts.plain(state.after());
    if (state == null || sourceTo == null) {
      return List.of();
    }
    WorkItemId workItem = command.workItem();
    SourceChange change = command.change();
    Reading reading = command.reading();
    String told = ForeignFacts.plain(state.before());
    String sourceFrom = told == null ? sourceState : told;
    WorkItemState from = reading.of(sourceFrom);
    WorkItemState to = reading.of(sourceTo);

    List<WorkItemEvent> events = new ArrayList<>();
    events.add(new WorkItemEvent.StateChanged(workItem, from, to, sourceFrom, sourceTo, change));
    if (to == null) {
      String type = command.sighting() == null ? "" : command.sighting().type();
      events.add(
          new WorkItemEvent.StateUnmapped(workItem, type, sourceTo, reading.process(), change));
    }
    if (from == null || to == null) {
      events.add(new WorkItemEvent.JudgementDeferred(workItem, "state-not-mapped", change));
    } else if (incomplete) {
      events.add(new WorkItemEvent.JudgementDeferred(workItem, "updates-missing", change));
    } else {
      Transitions.refusal(reading.process(), from, to)
          .ifPresent(
              broken ->
                  events.add(
                      new WorkItemEvent.TransitionViolated(
                          workItem, from, to, broken.rule(), broken.reason(), change)));
    }
    return events;
  }
}
