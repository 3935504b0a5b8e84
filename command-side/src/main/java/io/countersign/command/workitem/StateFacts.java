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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state change of an update, and its judgement. */
final class StateFacts {

  static final String UPDATES_MISSING = "updates-missing";
  static final String STATE_NOT_MAPPED = "state-not-mapped";

  /** What came before the first known update is not known as a whole: it is never judged. */
  static final String BEFORE_FIRST_KNOWN = "before-first-known";

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

    List<WorkItemEvent> events = new ArrayList<>(changed(command, sourceFrom, sourceTo));
    events.addAll(
        incomplete && from != null && to != null
            ? List.of(new WorkItemEvent.JudgementDeferred(workItem, UPDATES_MISSING, change))
            : judge(workItem, reading, new Transition(change, sourceFrom, sourceTo)));
    return events;
  }

  /** The state changed, and when nobody mapped the new one, that. */
  static List<WorkItemEvent> changed(RecordUpdate command, String sourceFrom, String sourceTo) {
    Reading reading = command.reading();
    WorkItemState to = reading.of(sourceTo);
    List<WorkItemEvent> events = new ArrayList<>();
    events.add(
        new WorkItemEvent.StateChanged(
            command.workItem(),
            reading.of(sourceFrom),
            to,
            sourceFrom,
            sourceTo,
            command.change()));
    if (to == null) {
      String type = command.sighting() == null ? "" : command.sighting().type();
      events.add(
          new WorkItemEvent.StateUnmapped(
              command.workItem(), type, sourceTo, reading.process(), command.change()));
    }
    return events;
  }

  /** What becomes due when a late update was recorded: its own judgement and those that waited. */
  static List<WorkItemEvent> afterLateUpdate(
      History history,
      WorkItemId workItem,
      SourceChange change,
      @Nullable Transition own,
      Reading reading) {
    History after = history.with(change);
    if (!history.complete() && after.complete()) {
      return Stream.concat(history.unjudged().stream(), Stream.ofNullable(own))
          .filter(transition -> history.isAfterFirstKnown(transition.change()))
          .sorted(Comparator.comparing(StateFacts::updateId))
          .flatMap(transition -> judge(workItem, reading, transition).stream())
          .toList();
    }
    if (own == null) {
      return List.of();
    }
    boolean waits = !after.complete() && history.isAfterFirstKnown(own.change());
    return List.of(
        new WorkItemEvent.JudgementDeferred(
            workItem, waits ? UPDATES_MISSING : BEFORE_FIRST_KNOWN, own.change()));
  }

  private static List<WorkItemEvent> judge(
      WorkItemId workItem, Reading reading, Transition transition) {
    WorkItemState from = reading.of(transition.sourceFrom());
    WorkItemState to = reading.of(transition.sourceTo());
    SourceChange change = transition.change();
    if (from == null || to == null) {
      return List.of(new WorkItemEvent.JudgementDeferred(workItem, STATE_NOT_MAPPED, change));
    }
    return Transitions.refusal(reading.process(), from, to)
        .<WorkItemEvent>map(
            broken ->
                new WorkItemEvent.TransitionViolated(
                    workItem, from, to, broken.rule(), broken.reason(), change))
        .stream()
        .toList();
  }

  private static Integer updateId(Transition transition) {
    return Objects.requireNonNull(transition.change().updateId());
  }
}
