package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WorkItemLifeTest {

  private static final Instant AT = Instant.parse("2026-11-20T09:00:00.500Z");
  private static final SandboxPerson ANN = new SandboxPerson("Ann Example", "ann@example.org");
  private static final SandboxPerson BEN = new SandboxPerson("Ben Example", "ben@example.org");

  private final Subscriptions subscriptions =
      new Subscriptions(new SandboxProject("example", "Shop"));
  private final WorkItemLife life = new WorkItemLife(subscriptions, 17, "User Story");

  private static JsonNode at(Notification notification, String pointer) {
    return notification.body().at(pointer);
  }

  @Test
  void creationTellsTheWholeWorkItem() {
    Notification created = life.created(AT, ANN, "Pay by invoice", "New");

    assertThat(created.eventType()).isEqualTo("workitem.created");
    assertThat(at(created, "/resource/id").asInt()).isEqualTo(17);
    assertThat(at(created, "/resource/rev").asInt()).isEqualTo(1);
    assertThat(at(created, "/resource/fields/System.CreatedBy").asString())
        .isEqualTo("Ann Example <ann@example.org>");
    assertThat(at(created, "/resource/fields/System.CreatedDate").asString())
        .isEqualTo("2026-11-20T09:00:00.5Z");
    assertThat(at(created, "/createdDate").asString()).isEqualTo("2026-11-20T09:00:01.7043456Z");
    assertThat(at(created, "/message/text").asString())
        .isEqualTo("User Story #17 (Pay by invoice) created by Ann Example.");
  }

  @Test
  void updatesCountUpdateIdsAndTellOldAndNewValues() {
    life.created(AT, ANN, "Pay by invoice", "New");
    Notification moved = life.movedTo(AT.plusSeconds(60), BEN, "Active");

    assertThat(at(moved, "/resource/id").asInt()).isEqualTo(2);
    assertThat(at(moved, "/resource/workItemId").asInt()).isEqualTo(17);
    assertThat(at(moved, "/resource/rev").asInt()).isEqualTo(2);
    assertThat(at(moved, "/resource/revisedBy/uniqueName").asString()).isEqualTo("ben@example.org");
    assertThat(at(moved, "/resource/fields/System.State/oldValue").asString()).isEqualTo("New");
    assertThat(at(moved, "/resource/fields/System.State/newValue").asString()).isEqualTo("Active");
    assertThat(at(moved, "/resource/fields/System.Rev").toString())
        .isEqualTo("{\"oldValue\":1,\"newValue\":2}");
    assertThat(at(moved, "/resource/fields/System.ChangedBy/newValue").asString())
        .isEqualTo("Ben Example <ben@example.org>");
    assertThat(at(moved, "/resource/revision/fields/System.State").asString()).isEqualTo("Active");
    assertThat(at(moved, "/resource/revision/fields/System.Reason").asString())
        .isEqualTo("Implementation started");
  }

  @Test
  void firstValueHasNoOldOneAndClearedFieldNoNewOne() {
    life.created(AT, ANN, "Pay by invoice", "New");
    Notification given = life.assigned(AT.plusSeconds(1), ANN, BEN);
    Notification taken = life.assigned(AT.plusSeconds(2), ANN, null);

    assertThat(at(given, "/resource/fields/System.AssignedTo").propertyNames())
        .containsExactly("newValue");
    assertThat(at(taken, "/resource/fields/System.AssignedTo").propertyNames())
        .containsExactly("oldValue");
    assertThat(at(taken, "/resource/revision/fields").has("System.AssignedTo")).isFalse();
  }

  @Test
  void whatDoesNotChangeIsNotTold() {
    life.created(AT, ANN, "Pay by invoice", "New");
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("System.Title", "Pay by invoice");
    Notification same = life.changed(AT.plusSeconds(1), ANN, changes);

    assertThat(at(same, "/resource/fields").propertyNames())
        .containsExactlyInAnyOrder(
            "System.Rev",
            "System.AuthorizedDate",
            "System.RevisedDate",
            "System.Watermark",
            "System.ChangedDate");
  }

  @Test
  void linksChangeWithoutANewRevision() {
    life.created(AT, ANN, "Pay by invoice", "New");
    Notification linked =
        life.linked(AT.plusSeconds(1), ANN, "System.LinkTypes.Hierarchy-Reverse", 3);

    assertThat(at(linked, "/resource/id").asInt()).isEqualTo(2);
    assertThat(at(linked, "/resource/rev").asInt()).isEqualTo(1);
    assertThat(at(linked, "/resource/relations/added/0/url").asString())
        .isEqualTo("https://dev.azure.com/example/_apis/wit/workItems/3");
    assertThat(at(linked, "/resource/revision/relations").size()).isEqualTo(1);
  }

  @Test
  void commentsAreToldAsUpdateAndAsComment() {
    life.created(AT, ANN, "Pay by invoice", "New");
    List<Notification> told = life.commented(AT.plusSeconds(1), BEN, "Looks good");

    assertThat(told)
        .extracting(Notification::eventType)
        .containsExactly("workitem.updated", "workitem.commented");
    assertThat(at(told.getFirst(), "/resource/fields/System.History/newValue").asString())
        .isEqualTo("Looks good");
    assertThat(at(told.getLast(), "/resource/fields/System.History").asString())
        .isEqualTo("Looks good");
    assertThat(at(told.getLast(), "/resource/rev").asInt()).isEqualTo(2);
    assertThat(
            at(life.movedTo(AT.plusSeconds(2), BEN, "Active"), "/resource/revision/fields")
                .has("System.History"))
        .isFalse();
  }

  @Test
  void deletionPointsIntoTheRecycleBin() {
    life.created(AT, ANN, "Pay by invoice", "New");

    assertThat(at(life.deleted(AT.plusSeconds(1), ANN), "/resource/url").asString())
        .endsWith("/recyclebin/17");
    assertThat(at(life.restored(AT.plusSeconds(2), ANN), "/resource/url").asString())
        .endsWith("/workItems/17");
  }

  @Test
  void eachSubscriptionCountsItsOwnNotifications() {
    Notification created = life.created(AT, ANN, "Pay by invoice", "New");
    Notification first = life.movedTo(AT.plusSeconds(1), ANN, "Active");
    Notification second = life.movedTo(AT.plusSeconds(2), ANN, "Resolved");

    assertThat(at(created, "/notificationId").asInt()).isEqualTo(1);
    assertThat(at(first, "/notificationId").asInt()).isEqualTo(1);
    assertThat(at(second, "/notificationId").asInt()).isEqualTo(2);
    assertThat(at(created, "/subscriptionId")).isNotEqualTo(at(first, "/subscriptionId"));
    assertThat(first.id()).isNotEqualTo(second.id());
  }

  @Test
  void sentAgainItIsTheSameBytes() {
    Notification created = life.created(AT, ANN, "Pay by invoice", "New");

    assertThat(created.bytes()).isEqualTo(created.bytes());
  }
}
