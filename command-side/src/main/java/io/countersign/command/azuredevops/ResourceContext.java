package io.countersign.command.azuredevops;

import io.countersign.command.project.ProcessTemplates;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectCommand.RegisterProject;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RecordResource;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all translations of resources share.
 *
 * @param notification the notification
 * @param report how the facts cite it
 * @param identities reads people
 */
record ResourceContext(Notification notification, Report report, Identities identities) {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  static ResourceContext of(Notification notification, UUID delivery, Lookups lookups) {
    return new ResourceContext(
        notification,
        new Report(
            notification.kind().eventType(), delivery, notification.project(), notification.at()),
        new Identities(notification.organization(), lookups.people()));
  }

  /** The commands for a fact: its project is registered by the way. */
  List<AggregateCommand> record(ResourceEvent fact) {
    RecordResource record = new RecordResource(fact);
    ProjectId project = notification.project();
    return project == null
        ? List.of(record)
        : List.of(new RegisterProject(project, null, ProcessTemplates.FALLBACK), record);
  }

  OrganizationId organization() {
    return notification.organization();
  }

  Place resource() {
    return notification.place();
  }

  /** An id whose key is made of the texts at these places. */
  ResourceId id(String kind, Place... parts) {
    StringBuilder key = new StringBuilder();
    for (Place part : parts) {
      key.append(key.isEmpty() ? "" : "/").append(part.needText());
    }
    return id(kind, parts[parts.length - 1], key.toString());
  }

  ResourceId id(String kind, Place place, String key) {
    try {
      return new ResourceId(kind, organization(), key);
    } catch (IllegalArgumentException _) {
      throw ShapeException.wrong(place.shown(), "an id");
    }
  }

  /** The project the resource itself names, else the notification's; {@code none} when neither. */
  String projectKey(Place... places) {
    for (Place place : places) {
      String id = place.text();
      if (id != null && !id.isEmpty() && !id.equals(NOBODY)) {
        return id;
      }
    }
    ProjectId project = notification.project();
    return project == null ? "none" : project.key();
  }

  @Nullable SealedText sealed(ResourceId owner, Place text) {
    String told = text.text();
    return told == null || told.isEmpty()
        ? null
        : SealedText.of(owner.keyOwner(), Purpose.CONTENT, told);
  }

  static Named needNamed(Place place) {
    return new Named(place.needObject().at("id").needText(), place.at("name").text());
  }

  static @Nullable Named named(Place place) {
    return place.isObject() && !place.at("id").isAbsent() ? needNamed(place) : null;
  }
}
