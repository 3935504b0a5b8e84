package io.countersign.command.workitem;

import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** An update newer than all that is known: it changes what holds now, and is judged. */
final class CurrentUpdate {

  /** Fields with events of their own. */
  static final Set<String> TOLD_APART = Set.of(Fields.STATE, Fields.TITLE, Fields.ASSIGNED_TO);

  private final ItemState item;
  private final Grounds grounds;
  private final WorkItemId workItem;
  private final Update update;
  private final SourceChange change;
  private final RecordUpdate command;

  CurrentUpdate(ItemState item, RecordUpdate command, Grounds grounds) {
    this.item = item;
    this.grounds = grounds;
    this.workItem = command.workItem();
    this.update = command.update();
    this.change = command.change();
    this.command = command;
  }

  void addTo(List<WorkItemEvent> events) {
    History history = item.history();
    int updateId = Objects.requireNonNull(change.updateId());
    int expected = history.updates().highest() + 1;
    boolean gap = history.knownFrom() != null && updateId > expected;
    int before = events.size();
    events.addAll(
        new StateFacts(workItem, item, command.reading(), grounds)
            .of(command, history.sourceState(), gap || !history.complete()));
    addTitle(events);
    addAssignee(events);
    addFields(events);
    LateUpdate.addLinks(events, workItem, update, change);
    boolean comment = update.comment() != null && !history.comments().contains(change.revision());
    if (events.size() == before && !comment) {
      // bookkeeping only: the update is still known from now on, and no gap
      events.add(new WorkItemEvent.FieldsChanged(workItem, List.of(), change));
    }
    if (gap) {
      events.add(before, new WorkItemEvent.GapDetected(workItem, expected, updateId - 1));
    }
  }

  private void addTitle(List<WorkItemEvent> events) {
    FieldChange title = ForeignFacts.find(update, Fields.TITLE);
    if (title != null && title.after() instanceof FieldValue.Text(var text)) {
      events.add(new WorkItemEvent.Retitled(workItem, text, change));
    }
  }

  private void addAssignee(List<WorkItemEvent> events) {
    FieldChange assignee = ForeignFacts.find(update, Fields.ASSIGNED_TO);
    if (assignee != null) {
      events.add(ForeignFacts.assigned(workItem, assignee, change));
    }
  }

  private void addFields(List<WorkItemEvent> events) {
    List<FieldChange> others = others(update);
    if (!others.isEmpty()) {
      events.add(new WorkItemEvent.FieldsChanged(workItem, others, change));
    }
  }

  /** Changed fields that have no event of their own. */
  static List<FieldChange> others(Update update) {
    return update.fields().stream().filter(field -> !TOLD_APART.contains(field.field())).toList();
  }
}
