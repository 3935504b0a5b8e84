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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An update that arrived after a later one. What no later one touched holds from now on; the rest
 * only fills history.
 */
final class LateUpdate {

  private final ItemState item;
  private final History history;
  private final Grounds grounds;
  private final WorkItemId workItem;
  private final Update update;
  private final SourceChange change;
  private final RecordUpdate command;

  LateUpdate(ItemState item, RecordUpdate command, Grounds grounds) {
    this.item = item;
    this.history = item.history();
    this.grounds = grounds;
    this.workItem = command.workItem();
    this.update = command.update();
    this.change = command.change();
    this.command = command;
  }

  void addTo(List<WorkItemEvent> events) {
    FieldChange state = holding(Fields.STATE, history.newest().state());
    FieldChange title = holding(Fields.TITLE, history.newest().title());
    FieldChange assignee = holding(Fields.ASSIGNED_TO, history.newest().assignee());
    boolean fieldsHold = history.holds(change, update, 0);
    boolean linksHold = !history.first().showedLinks(change, update);
    List<FieldChange> others = fieldsHold ? onlyOvertaken(state, title, assignee) : update.fields();
    events.add(recorded(workItem, linksHold ? withoutLinks(others) : update, change));
    Transition transition = transition();
    if (state != null && transition != null) {
      events.addAll(StateFacts.changed(command, transition.sourceFrom(), transition.sourceTo()));
    }
    if (transition != null) {
      events.addAll(
          new Meeting(workItem, item, change)
              .late(command.reading().of(transition.sourceTo()), state != null));
    }
    if (title != null && title.after() instanceof FieldValue.Text(var text)) {
      events.add(new WorkItemEvent.Retitled(workItem, text, change));
    }
    if (assignee != null) {
      events.add(ForeignFacts.assigned(workItem, assignee, change));
    }
    if (fieldsHold) {
      addFields(events);
    }
    if (linksHold) {
      addLinks(events, workItem, update, change);
    }
    events.addAll(
        new StateFacts(workItem, item, command.reading(), grounds)
            .afterLateUpdate(change, transition));
  }

  /** Each field holds unless a later update told of it: readers go by update id. */
  private void addFields(List<WorkItemEvent> events) {
    List<FieldChange> fields = CurrentUpdate.others(update);
    if (!fields.isEmpty()) {
      events.add(new WorkItemEvent.FieldsChanged(workItem, fields, change));
    }
  }

  /** So does each link. */
  static void addLinks(
      List<WorkItemEvent> events, WorkItemId workItem, Update update, SourceChange change) {
    if (!update.added().isEmpty() || !update.removed().isEmpty()) {
      events.add(
          new WorkItemEvent.LinksChanged(workItem, update.added(), update.removed(), change));
    }
  }

  /** A change of this field when it still holds. */
  private @Nullable FieldChange holding(String field, int toldBy) {
    FieldChange told = ForeignFacts.find(update, field);
    boolean readable = told != null && (!field.equals(Fields.STATE) || transition() != null);
    return readable && history.holds(change, update, toldBy) ? told : null;
  }

  private @Nullable Transition transition() {
    FieldChange state = ForeignFacts.find(update, Fields.STATE);
    return state == null
        ? null
        : Transition.of(
            change, ForeignFacts.plain(state.before()), ForeignFacts.plain(state.after()));
  }

  /** Of state, title and assignee those that a later update told of. */
  private List<FieldChange> onlyOvertaken(@Nullable FieldChange... holding) {
    Set<String> told =
        Stream.of(holding)
            .filter(Objects::nonNull)
            .map(FieldChange::field)
            .collect(Collectors.toSet());
    return update.fields().stream()
        .filter(field -> CurrentUpdate.TOLD_APART.contains(field.field()))
        .filter(field -> !told.contains(field.field()))
        .toList();
  }

  static Update withoutLinks(List<FieldChange> fields) {
    return new Update(fields, List.of(), List.of(), null);
  }

  /** The fact that it arrived late, with what it told. */
  static WorkItemEvent.LateUpdateRecorded recorded(
      WorkItemId workItem, Update update, SourceChange change) {
    FieldChange state = ForeignFacts.find(update, Fields.STATE);
    return new WorkItemEvent.LateUpdateRecorded(
        workItem,
        state == null ? null : ForeignFacts.plain(state.before()),
        state == null ? null : ForeignFacts.plain(state.after()),
        update.fields().stream().filter(field -> !field.field().equals(Fields.STATE)).toList(),
        update.added(),
        update.removed(),
        change);
  }
}
