package io.countersign.command.workitem;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What rules want to know of a work item beside its states. People are random ids, and of text only
 * whether there is any.
 *
 * @param type work item type now
 * @param revision newest revision known
 * @param hasTitle whether its title is not empty
 * @param assignee who has it now
 * @param workers who had it or changed it, sorted; who only commented has not worked on it
 * @param relations what it is linked to
 */
record Profile(
    String type,
    int revision,
    boolean hasTitle,
    @Nullable SubjectId assignee,
    List<UUID> workers,
    Relations relations) {

  /** Nonce and tag of sealed text in Base64: what seals nothing is no longer. */
  private static final int SEALED_NOTHING = 38;

  Profile {
    workers = List.copyOf(workers);
  }

  static Profile begin(WorkItemEvent.Registered event) {
    SubjectId assignee = id(event.assignedTo());
    return new Profile(
            event.type(),
            event.change().revision(),
            saysSomething(event.title()),
            assignee,
            List.of(),
            Relations.none(event.workItem().organization())
                .with(event.links(), List.of(), event.change()))
        .worked(assignee);
  }

  /** After a change that somebody made to it. */
  Profile changed(SourceChange change) {
    return seen(change).worked(id(change.changedBy()));
  }

  /** After something that shows its revision and is no work on it. */
  Profile seen(SourceChange change) {
    return change.revision() <= revision
        ? this
        : new Profile(type, change.revision(), hasTitle, assignee, workers, relations);
  }

  /** An update that came late: who made it has worked on the item, and nothing else is news. */
  Profile late(WorkItemEvent.LateUpdateRecorded event) {
    Profile after = worked(id(event.change().changedBy()));
    for (FieldChange change : event.changes()) {
      if (change.field().equals(Fields.ASSIGNED_TO)
          && change.after() instanceof FieldValue.Person(var person)) {
        after = after.worked(person.id());
      }
    }
    return after.with(relations.formerly(event.added()));
  }

  Profile titled(SealedText title) {
    return new Profile(type, revision, saysSomething(title), assignee, workers, relations);
  }

  Profile assigned(@Nullable Person to) {
    return new Profile(type, revision, hasTitle, id(to), workers, relations).worked(id(to));
  }

  Profile with(List<FieldChange> changes) {
    return changes.stream()
        .filter(change -> change.field().equals(Fields.TYPE))
        .findFirst()
        .map(change -> change.after() instanceof FieldValue.Plain(String now) ? now : type)
        .map(now -> new Profile(now, revision, hasTitle, assignee, workers, relations))
        .orElse(this);
  }

  Profile with(Relations now) {
    return now.equals(relations)
        ? this
        : new Profile(type, revision, hasTitle, assignee, workers, now);
  }

  private Profile worked(@Nullable SubjectId person) {
    if (person == null || workers.contains(person.value())) {
      return this;
    }
    Set<UUID> more = new TreeSet<>(workers);
    more.add(person.value());
    return new Profile(type, revision, hasTitle, assignee, List.copyOf(more), relations);
  }

  Set<String> workerIds() {
    return workers.stream().map(UUID::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static @Nullable SubjectId id(@Nullable Person person) {
    return person == null ? null : person.id();
  }

  /** Also of sealed text this can be told, without its key. */
  private static boolean saysSomething(SealedText text) {
    String clear = text.clear();
    SealedText.Envelope envelope = text.envelope();
    return clear != null
        ? !clear.isEmpty()
        : envelope != null && envelope.sealed().length() > SEALED_NOTHING;
  }
}
