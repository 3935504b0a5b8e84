package io.countersign.sandbox.traffic;

import io.countersign.sandbox.Notification;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Subscriptions;
import io.countersign.sandbox.WorkItemLife;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Notifications nobody can use, each in its own way. */
enum BadNotification {
  /** The body ends in the middle. */
  TRUNCATED(Told.Expected.QUARANTINED),
  /** An event type no document names. */
  UNKNOWN_TYPE(Told.Expected.QUARANTINED),
  /** The resource is text. */
  RESOURCE_IS_TEXT(Told.Expected.QUARANTINED),
  /** No revision, no fields, only the number. */
  NOTHING_INSIDE(Told.Expected.QUARANTINED),
  /** A number that no work item has. */
  NEGATIVE_NUMBER(Told.Expected.QUARANTINED),
  /** What the portal's test button posts: no subscription, and work item 0. */
  TEST_BUTTON(Told.Expected.IGNORED);

  private static final UUID NOBODY = new UUID(0, 0);

  private final Told.Expected expected;

  BadNotification(Told.Expected expected) {
    this.expected = expected;
  }

  /** One of them; {@code ordinal} keeps those of one story apart. */
  static Planned any(TrafficPlan plan, int number, int ordinal, SplittableRandom random) {
    BadNotification which = values()[random.nextInt(values().length)];
    SandboxProject project = Cast.project(plan.seed(), random.nextInt(3));
    var subscriptions =
        new Subscriptions(project, 500_000_000 + number * Story.NUMBERS + 2 * ordinal);
    var life = new WorkItemLife(subscriptions, 1_000_000_000 + number, "Bug");
    Instant at = plan.baseDate().plusSeconds(180L * number + ordinal);
    life.created(at, Cast.person(random), Cast.title(random), "New");
    return which.of(life.movedTo(at.plusSeconds(60), Cast.person(random), "Active"), random);
  }

  private Planned of(Notification notification, SplittableRandom random) {
    ObjectNode body = notification.body();
    ObjectNode resource = (ObjectNode) body.path("resource");
    switch (this) {
      case TRUNCATED -> {
        // cut below
      }
      case UNKNOWN_TYPE -> body.put("eventType", "workitem.teleported");
      case RESOURCE_IS_TEXT -> body.put("resource", "none");
      case NOTHING_INSIDE -> {
        resource.remove("revision");
        resource.remove("fields");
        resource.remove("rev");
      }
      case NEGATIVE_NUMBER -> {
        resource.put("workItemId", -5);
        ((ObjectNode) resource.path("revision")).put("id", -5);
      }
      case TEST_BUTTON -> {
        body.put("subscriptionId", NOBODY.toString());
        resource.put("workItemId", 0);
      }
    }
    byte[] bytes = notification.bytes();
    if (this == TRUNCATED) {
      bytes = Arrays.copyOf(bytes, bytes.length / 4 + random.nextInt(bytes.length / 2));
    }
    return new Planned(
        Kind.BAD,
        bytes,
        ItemWriter.told(
            new Notification(body.path("eventType").asString(), notification.id(), body),
            expected,
            null));
  }
}
