package io.countersign.sandbox.traffic;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Notes what each notification of a work item tells, while its life is told. */
final class ItemWriter {

  private final String id;
  private String state = "";
  private String title = "";
  private @Nullable SandboxPerson assignee;

  ItemWriter(SandboxProject project, int number) {
    this.id = "workitem:" + project.collectionId() + ":" + number;
  }

  boolean isAssignedTo(@Nullable SandboxPerson person) {
    return Objects.equals(assignee, person);
  }

  Planned created(Notification notification, String state, String title) {
    this.state = state;
    this.title = title;
    return planned(notification, 1, revision(notification), EnumSet.noneOf(Tells.class), state);
  }

  Planned moved(Notification notification, String to) {
    String before = state;
    state = to;
    return updated(notification, EnumSet.of(Tells.STATE, Tells.FIELDS), before);
  }

  Planned assigned(Notification notification, @Nullable SandboxPerson to) {
    assignee = to;
    return updated(notification, EnumSet.of(Tells.ASSIGNEE), state);
  }

  Planned retitled(Notification notification, String to) {
    title = to;
    return updated(notification, EnumSet.of(Tells.TITLE), state);
  }

  Planned changed(Notification notification) {
    return updated(notification, EnumSet.of(Tells.FIELDS), state);
  }

  Planned linked(Notification notification) {
    return updated(notification, EnumSet.of(Tells.LINKS), state);
  }

  Planned commentedAsUpdate(Notification notification) {
    return updated(notification, EnumSet.of(Tells.FIELDS, Tells.COMMENT), state);
  }

  Planned commented(Notification notification) {
    return planned(notification, 0, revision(notification), EnumSet.of(Tells.COMMENT), state);
  }

  Planned deleted(Notification notification) {
    return planned(notification, 0, revision(notification), EnumSet.noneOf(Tells.class), state);
  }

  Planned restored(Notification notification) {
    return deleted(notification);
  }

  /** One that is not about a work item. */
  static Planned other(Notification notification) {
    return new Planned(
        Kind.GOOD, notification.bytes(), told(notification, Told.Expected.FACTS, null));
  }

  static Told told(Notification notification, Told.Expected expected, Told.@Nullable Item item) {
    ObjectNode body = notification.body();
    return new Told(
        notification.eventType(),
        notification.id(),
        UUID.fromString(body.path("subscriptionId").asString()),
        body.path("notificationId").asInt(),
        expected,
        item);
  }

  private Planned updated(Notification notification, Set<Tells> tells, String before) {
    int update = notification.body().path("resource").path("id").asInt();
    return planned(notification, update, revision(notification), tells, before);
  }

  private Planned planned(
      Notification notification, int update, int revision, Set<Tells> tells, String before) {
    var told =
        new Told.Item(
            id,
            update,
            revision,
            tells,
            before,
            state,
            assignee == null ? null : assignee.name(),
            title,
            Instant.parse(notification.body().path("createdDate").asString()).toEpochMilli());
    return new Planned(
        Kind.GOOD, notification.bytes(), told(notification, Told.Expected.FACTS, told));
  }

  private static int revision(Notification notification) {
    return notification.body().path("resource").path("rev").asInt();
  }
}
