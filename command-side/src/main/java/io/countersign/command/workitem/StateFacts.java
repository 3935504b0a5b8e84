package io.countersign.command.workitem;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state change of an update, and its judgement. */
final class StateFacts {

  static final String UPDATES_MISSING = "updates-missing";
  static final String STATE_NOT_MAPPED = "state-not-mapped";

  /** What came before the first known update is not known as a whole: it is never judged. */
  static final String BEFORE_FIRST_KNOWN = "before-first-known";

  private final WorkItemId workItem;
  private final ItemState item;
  private final Reading reading;
  private final Judge judge;

  /** About a work item as it was before the update. */
  StateFacts(WorkItemId workItem, ItemState item, Reading reading, Grounds grounds) {
    this.workItem = workItem;
    this.item = item;
    this.reading = reading;
    this.judge = new Judge(workItem, item, grounds);
  }

  /**
   * Nothing when the update does not change the state.
   *
   * @param sourceState the source's state before, for an update that does not tell it
   * @param incomplete whether updates before this one are missing: judgement waits
   */
  List<WorkItemEvent> of(RecordUpdate command, String sourceState, boolean incomplete) {
    FieldChange state = ForeignFacts.find(command.update(), Fields.STATE);
    String sourceTo = state == null ? null : ForeignFacts.plain(state.after());
    if (state == null || sourceTo == null) {
      return List.of();
    }
    SourceChange change = command.change();
    String told = ForeignFacts.plain(state.before());
    String sourceFrom = told == null ? sourceState : told;
    WorkItemState from = reading.of(sourceFrom);
    WorkItemState to = reading.of(sourceTo);

    List<WorkItemEvent> events = new ArrayList<>(changed(command, sourceFrom, sourceTo));
    events.addAll(new Meeting(workItem, item, change).current(reading, to, sourceTo, incomplete));
    events.addAll(
        incomplete && from != null && to != null
            ? List.of(new WorkItemEvent.JudgementDeferred(workItem, UPDATES_MISSING, change))
            : judge(new Transition(change, sourceFrom, sourceTo), true));
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
  List<WorkItemEvent> afterLateUpdate(SourceChange change, @Nullable Transition own) {
    History history = item.history();
    History after = history.with(change);
    if (!history.complete() && after.complete()) {
      return Stream.concat(history.unjudged().stream(), Stream.ofNullable(own))
          .filter(transition -> history.isAfterFirstKnown(transition.change()))
          .sorted(Comparator.comparing(StateFacts::updateId))
          .flatMap(transition -> judge(transition, false).stream())
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

  /**
   * Nothing where only the transitions of the process hold and it is one of them: most changes of
   * most projects.
   *
   * @param current whether it is the newest change: only that one can be moved back
   */
  private List<WorkItemEvent> judge(Transition transition, boolean current) {
    WorkItemState from = reading.of(transition.sourceFrom());
    WorkItemState to = reading.of(transition.sourceTo());
    SourceChange change = transition.change();
    if (from == null || to == null) {
      return List.of(new WorkItemEvent.JudgementDeferred(workItem, STATE_NOT_MAPPED, change));
    }
    if (from == to || item.isOurs(change, from, to)) {
      return List.of();
    }
    Optional<PolicyReference> policy = reading.gates().at(change.changedAt(), to);
    Verdict verdict = judge.happened(reading.process(), policy, from, to, change);
    List<WorkItemEvent> events = new ArrayList<>();
    if (policy.isPresent() || !verdict.allowed()) {
      events.add(
          new GateEvent.TransitionDecided(workItem, from, to, verdict.decision(), null, change));
    }
    if (!verdict.allowed()) {
      events.add(
          new WorkItemEvent.TransitionViolated(
              workItem, from, to, verdict.rule(), verdict.reason(), change));
      if (current && isToBeReversed()) {
        events.add(
            new SyncEvent.ReversalRequested(
                workItem, change, verdict.rule(), from, transition.sourceFrom()));
      }
    }
    return events;
  }

  /** What is not known as a whole, or lies in the bin, is not touched. */
  private boolean isToBeReversed() {
    return reading.gates().mode() == ViolationMode.ENFORCE
        && item.history().complete()
        && !item.history().deleted();
  }

  private static Integer updateId(Transition transition) {
    return Objects.requireNonNull(transition.change().updateId());
  }
}
