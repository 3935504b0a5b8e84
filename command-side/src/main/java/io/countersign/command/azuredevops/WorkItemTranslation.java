package io.countersign.command.azuredevops;

import io.countersign.command.project.ProcessTemplates;
import io.countersign.command.project.ProjectSettings;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.Sighting;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates notifications about work items. */
final class WorkItemTranslation {

  private static final String HYPERLINK = "Hyperlink";
  private static final String HISTORY = "System.History";
  private static final String CHANGED_DATE = "System.ChangedDate";
  private static final String CHANGED_BY = "System.ChangedBy";
  private static final String TEAM_PROJECT = "System.TeamProject";

  /** Far beyond what an item can have; the next ones would all count as late. */
  private static final int HIGHEST_UPDATE = 100_000_000;

  private static final Set<String> TOLD_APART =
      Set.of(Fields.STATE, Fields.TYPE, Fields.TITLE, Fields.CREATED_BY, Fields.ASSIGNED_TO);

  private final Notification notification;
  private final Place resource;
  private final ProjectId project;
  private final ProjectSettings settings;
  private final Identities identities;
  private final References references;

  WorkItemTranslation(Notification notification, Lookups lookups) {
    this.notification = notification;
    this.resource = notification.place();
    if (notification.project() == null) {
      throw new ShapeException(
          "missing-project", "a project expected at /resourceContainers/project/id");
    }
    this.project = notification.project();
    this.settings = lookups.projects().of(project);
    this.identities = new Identities(notification.organization(), lookups.people());
    this.references = lookups.references();
  }

  List<AggregateCommand> created() {
    WorkItemId workItem = number(resource.at("id").needPositive());
    Sighting sighting = sighting(resource, workItem, Set.of());
    int revision = resource.at("rev").needPositive();
    SourceChange change = change(revision == 1 ? 1 : null, revision, changedAt(resource));
    return with(sighting, new WorkItemCommand.RecordCreation(workItem, sighting, change));
  }

  List<AggregateCommand> commented() {
    WorkItemId workItem = number(resource.at("id").needPositive());
    Sighting sighting = sighting(resource, workItem, Set.of());
    String text = resource.at("fields").at(HISTORY).needText();
    SourceChange change = change(null, resource.at("rev").needPositive(), changedAt(resource));
    return with(
        sighting,
        new WorkItemCommand.RecordComment(
            workItem, reader(workItem).sealed(text), sighting, change));
  }

  /** When it went into the bin is the notification's time: the item was not changed by it. */
  List<AggregateCommand> deleted() {
    WorkItemId workItem = number(resource.at("id").needPositive());
    Sighting sighting = sighting(resource, workItem, Set.of());
    SourceChange change = change(null, resource.at("rev").needPositive(), notification.at());
    return with(sighting, new WorkItemCommand.RecordDeletion(workItem, sighting, change));
  }

  List<AggregateCommand> restored() {
    WorkItemId workItem = number(resource.at("id").needPositive());
    Sighting sighting = sighting(resource, workItem, Set.of());
    SourceChange change = change(null, resource.at("rev").needPositive(), notification.at());
    return with(sighting, new WorkItemCommand.RecordRestoration(workItem, sighting, change));
  }

  List<AggregateCommand> updated() {
    Place revision = resource.at("revision");
    WorkItemId workItem = number(numberOfUpdated(revision));
    int updateId = resource.at("id").needPositive();
    if (updateId > HIGHEST_UPDATE) {
      throw ShapeException.wrong(resource.at("id").shown(), "the number of an update");
    }
    Update update = update(workItem);
    Set<String> states = states(update);
    Sighting sighting = hasTypeAndState(revision) ? sighting(revision, workItem, states) : null;
    Reading reading = sighting == null ? settings.reading("", states) : sighting.reading();
    Instant told = resource.at("fields").at(CHANGED_DATE).at("newValue").instant();
    Instant at = told == null ? changedAt(revision) : told;
    SourceChange change =
        new SourceChange(updateId, resource.at("rev").needPositive(), at, changedBy(revision));
    WorkItemCommand command =
        new WorkItemCommand.RecordUpdate(workItem, update, reading, sighting, change);
    return sighting == null ? List.of(command) : with(sighting, command);
  }

  /** The test notification and the documented sample have 0 where the item's number belongs. */
  private int numberOfUpdated(Place revision) {
    Integer number = resource.at("workItemId").integer();
    return number != null && number > 0 ? number : revision.at("id").needPositive();
  }

  private WorkItemId number(int number) {
    return new WorkItemId(notification.organization(), number);
  }

  private List<AggregateCommand> with(Sighting sighting, WorkItemCommand command) {
    Place fields =
        resource.at("revision").isAbsent()
            ? resource.at("fields")
            : resource.at("revision").at("fields");
    String name = fields.at(TEAM_PROJECT).text();
    return List.of(
        new RegisterProject(
            project,
            name == null || name.isBlank() ? null : name,
            ProcessTemplates.guess(sighting.type(), List.of(sighting.sourceState()), null)),
        command);
  }

  private Sighting sighting(Place item, WorkItemId workItem, Set<String> furtherStates) {
    Place fields = item.at("fields").needObject();
    FieldReader reader = reader(workItem);
    Map<String, FieldValue> others = new HashMap<>();
    for (Map.Entry<String, Place> field : fields.members()) {
      if (!TOLD_APART.contains(field.getKey()) && !FieldReader.isDropped(field.getKey())) {
        FieldValue value = reader.read(field.getKey(), field.getValue());
        if (value != null) {
          others.put(field.getKey(), value);
        }
      }
    }
    String type = fields.at(Fields.TYPE).needText();
    String state = fields.at(Fields.STATE).needText();
    Set<String> states = new LinkedHashSet<>(furtherStates);
    states.add(state);
    return new Sighting(
        project,
        type,
        state,
        settings.reading(type, states),
        reader.sealed(fields.at(Fields.TITLE).textOr("")),
        identities.person(fields.at(Fields.CREATED_BY)),
        identities.person(fields.at(Fields.ASSIGNED_TO)),
        others,
        links(item.at("relations"), workItem));
  }

  private Update update(WorkItemId workItem) {
    FieldReader reader = reader(workItem);
    List<FieldChange> changes = new ArrayList<>();
    Place fields = resource.at("fields");
    if (!fields.isAbsent()) {
      for (Map.Entry<String, Place> field : fields.needObject().members()) {
        String name = field.getKey();
        Place change = field.getValue().needObject();
        if (!FieldReader.isDropped(name)) {
          FieldValue before = reader.read(name, change.at("oldValue"));
          FieldValue after = reader.read(name, change.at("newValue"));
          if (!Objects.equals(before, after)) {
            changes.add(new FieldChange(name, before, after));
          }
        }
      }
    }
    String comment = fields.at(HISTORY).at("newValue").text();
    Place relations = resource.at("relations");
    return new Update(
        changes,
        links(relations.at("added"), workItem),
        links(relations.at("removed"), workItem),
        comment == null || comment.isBlank() ? null : reader.sealed(comment));
  }

  private static Set<String> states(Update update) {
    Set<String> states = new LinkedHashSet<>();
    for (FieldChange change : update.fields()) {
      if (change.field().equals(Fields.STATE)) {
        if (change.before() instanceof FieldValue.Plain(String before)) {
          states.add(before);
        }
        if (change.after() instanceof FieldValue.Plain(String after)) {
          states.add(after);
        }
      }
    }
    return states;
  }

  private List<Link> links(Place relations, WorkItemId workItem) {
    List<Link> links = new ArrayList<>();
    for (Place relation : relations.items()) {
      String name = relation.needObject().at("rel").needText();
      String url = relation.at("url").needText();
      links.add(
          isOfTheSource(name, url)
              ? new Link(name, url, null)
              : new Link(
                  name, references.of(workItem.keyOwner(), url), reader(workItem).sealed(url)));
    }
    return links;
  }

  /** Made by Azure DevOps of numbers and ids. What people enter as a hyperlink may name anybody. */
  private static boolean isOfTheSource(String relation, String url) {
    return !relation.equalsIgnoreCase(HYPERLINK)
        && (url.startsWith("vstfs:") || url.contains("/_apis/"));
  }

  private static boolean hasTypeAndState(Place item) {
    return !item.at("fields").at(Fields.TYPE).isAbsent()
        && !item.at("fields").at(Fields.STATE).isAbsent();
  }

  private Instant changedAt(Place item) {
    Instant at = item.at("fields").at(CHANGED_DATE).instant();
    return at == null ? notification.at() : at;
  }

  private SourceChange change(@Nullable Integer updateId, int revision, Instant at) {
    return new SourceChange(
        updateId, revision, at, identities.person(resource.at("fields").at(CHANGED_BY)));
  }

  private @Nullable Person changedBy(Place revision) {
    Person reviser = identities.person(resource.at("revisedBy"));
    return reviser == null ? identities.person(revision.at("fields").at(CHANGED_BY)) : reviser;
  }

  private FieldReader reader(WorkItemId workItem) {
    return new FieldReader(workItem.keyOwner(), identities);
  }
}
