package io.countersign.command.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Sighting;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a fact reported by the source means, given the history. Pure. Facts are recorded and judged,
 * never refused; an empty answer means the fact is known already.
 */
final class ForeignFacts {

  private ForeignFacts() {}

  static List<WorkItemEvent> creation(
      @Nullable ItemState item, RecordCreation command, Grounds grounds) {
    SourceChange change = command.change();
    Integer updateId = change.updateId();
    if (item == null) {
      return register(command.workItem(), command.sighting(), change);
    }
    if (updateId == null || item.history().knows(updateId)) {
      return List.of();
    }
    List<WorkItemEvent> events = new ArrayList<>();
    Update told = asUpdate(command.sighting());
    boolean linksHold = !item.history().first().showedLinks(change, told);
    Update rest = linksHold ? LateUpdate.withoutLinks(told.fields()) : told;
    events.add(LateUpdate.recorded(command.workItem(), rest, change));
    if (linksHold) {
      LateUpdate.addLinks(events, command.workItem(), told, change);
    }
    events.addAll(
        new StateFacts(command.workItem(), item, command.sighting().reading(), grounds)
            .afterLateUpdate(change, null));
    return events;
  }

  static List<WorkItemEvent> update(
      @Nullable ItemState item, RecordUpdate command, Grounds grounds) {
    WorkItemId workItem = command.workItem();
    SourceChange change = command.change();
    List<WorkItemEvent> events = new ArrayList<>();
    if (item == null) {
      Sighting after = Objects.requireNonNull(command.sighting());
      List<WorkItemEvent> registration =
          register(workItem, before(after, command.update()), change);
      events.addAll(registration);
      ItemState first = ItemState.begin((WorkItemEvent.Registered) registration.getFirst());
      events.addAll(
          new StateFacts(workItem, first, command.reading(), grounds)
              .of(command, after.sourceState(), false));
    } else if (item.history().knows(Objects.requireNonNull(change.updateId()))) {
      return List.of();
    } else if (isLate(item.history(), command)) {
      new LateUpdate(item, command, grounds).addTo(events);
    } else {
      new CurrentUpdate(item, command, grounds).addTo(events);
    }
    if (command.update().comment() != null && !isCommented(item, change)) {
      events.add(new WorkItemEvent.Commented(workItem, command.update().comment(), change));
    }
    return events;
  }

  static List<WorkItemEvent> comment(@Nullable ItemState item, RecordComment command) {
    List<WorkItemEvent> events = new ArrayList<>();
    if (item == null) {
      events.addAll(register(command.workItem(), command.sighting(), command.change()));
    } else if (isCommented(item, command.change())) {
      return List.of();
    }
    events.add(new WorkItemEvent.Commented(command.workItem(), command.text(), command.change()));
    return events;
  }

  static List<WorkItemEvent> deletion(@Nullable ItemState item, RecordDeletion command) {
    WorkItemEvent fact = new WorkItemEvent.Deleted(command.workItem(), command.change());
    if (item != null) {
      return isNews(item.history(), true, command.change()) ? List.of(fact) : List.of();
    }
    List<WorkItemEvent> events = new ArrayList<>();
    events.addAll(register(command.workItem(), command.sighting(), command.change()));
    events.add(fact);
    return events;
  }

  static List<WorkItemEvent> restoration(@Nullable ItemState item, RecordRestoration command) {
    WorkItemEvent fact = new WorkItemEvent.Restored(command.workItem(), command.change());
    if (item != null) {
      return isNews(item.history(), false, command.change()) ? List.of(fact) : List.of();
    }
    List<WorkItemEvent> events = new ArrayList<>();
    events.addAll(register(command.workItem(), command.sighting(), command.change()));
    events.add(fact);
    return events;
  }

  /** In the state before the update: its state change then follows as an event of its own. */
  private static Sighting before(Sighting after, Update update) {
    FieldChange state = find(update, Fields.STATE);
    String told = state == null ? null : plain(state.before());
    return told == null
        ? after
        : new Sighting(
            after.project(),
            after.type(),
            told,
            after.reading(),
            after.title(),
            after.createdBy(),
            after.assignedTo(),
            after.fields(),
            after.links());
  }

  private static List<WorkItemEvent> register(
      WorkItemId workItem, Sighting seen, SourceChange change) {
    Process process = seen.reading().process();
    WorkItemState state = seen.reading().of(seen.sourceState());
    List<WorkItemEvent> events = new ArrayList<>();
    events.add(
        new WorkItemEvent.Registered(
            workItem,
            seen.project(),
            seen.type(),
            state,
            seen.sourceState(),
            process,
            seen.title(),
            seen.createdBy(),
            seen.assignedTo(),
            seen.fields(),
            seen.links(),
            change));
    if (state == null) {
      events.add(
          new WorkItemEvent.StateUnmapped(
              workItem, seen.type(), seen.sourceState(), process, change));
    }
    return events;
  }

  /**
   * Older than what is known: a lower update id; or, when only sightings without update ids are
   * known, one that the first of them already showed.
   */
  private static boolean isLate(History history, RecordUpdate command) {
    SourceChange change = command.change();
    return history.knownFrom() == null
        ? history.first().showed(change, command.update())
        : Objects.requireNonNull(change.updateId()) < history.updates().highest();
  }

  private static boolean isCommented(@Nullable ItemState item, SourceChange change) {
    return item != null && item.history().comments().contains(change.revision());
  }

  /**
   * Whether going into the recycle bin, or coming out of it, is newer than what is known of either,
   * also when it changes nothing: what it undid may arrive after it. At the same moment both count,
   * the source's clock is coarse.
   */
  private static boolean isNews(History history, boolean binned, SourceChange change) {
    Instant last = history.binnedOrRestoredAt();
    if (last == null) {
      return true;
    }
    return history.deleted() == binned
        ? change.changedAt().isAfter(last)
        : !change.changedAt().isBefore(last);
  }

  /** A creation told as the update it was. */
  private static Update asUpdate(Sighting seen) {
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange(Fields.TYPE, null, new FieldValue.Plain(seen.type())));
    changes.add(new FieldChange(Fields.STATE, null, new FieldValue.Plain(seen.sourceState())));
    changes.add(new FieldChange(Fields.TITLE, null, new FieldValue.Text(seen.title())));
    if (seen.createdBy() != null) {
      changes.add(
          new FieldChange(Fields.CREATED_BY, null, new FieldValue.Person(seen.createdBy())));
    }
    if (seen.assignedTo() != null) {
      changes.add(
          new FieldChange(Fields.ASSIGNED_TO, null, new FieldValue.Person(seen.assignedTo())));
    }
    seen.fields().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> changes.add(new FieldChange(field.getKey(), null, field.getValue())));
    return new Update(changes, seen.links(), List.of(), null);
  }

  static @Nullable FieldChange find(Update update, String field) {
    return update.fields().stream()
        .filter(change -> change.field().equals(field))
        .findFirst()
        .orElse(null);
  }

  static @Nullable String plain(@Nullable FieldValue value) {
    return value instanceof FieldValue.Plain(String text) ? text : null;
  }

  static WorkItemEvent.AssignmentChanged assigned(
      WorkItemId workItem, FieldChange assignee, SourceChange change) {
    return new WorkItemEvent.AssignmentChanged(
        workItem, person(assignee.before()), person(assignee.after()), change);
  }

  private static @Nullable Person person(@Nullable FieldValue value) {
    return value instanceof FieldValue.Person(var person) ? person : null;
  }
}
