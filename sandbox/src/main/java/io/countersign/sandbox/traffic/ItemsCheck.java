package io.countersign.sandbox.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What every delivery led to, and what holds in the end, follows from what was told. */
final class ItemsCheck {

  private final InboxCheck inbox;
  private final FindingList findings;
  private final Map<String, ItemModel> models = new LinkedHashMap<>();
  private final Map<String, String> subjects = new HashMap<>();
  private final Set<UUID> told = new HashSet<>();

  ItemsCheck(InboxCheck inbox, FindingList findings) {
    this.inbox = inbox;
    this.findings = findings;
  }

  /** Each delivery's entries are what its notification tells, given those before it. */
  void compareEntries() {
    List<Delivered> arrived = new ArrayList<>(inbox.deliveries());
    arrived.removeIf(delivered -> delivered.position() == 0);
    arrived.sort(Comparator.comparingLong(Delivered::position));
    Map<String, Delivered> before = new HashMap<>();
    for (Delivered delivered : arrived) {
      List<String> expected = expected(delivered);
      compare(delivered, expected);
      Told.Item item = delivered.noted().told().item();
      if (item != null) {
        arrival(item.id(), before.put(item.id(), delivered), delivered);
      }
    }
  }

  private List<String> expected(Delivered delivered) {
    Told now = delivered.noted().told();
    if (now.expected() != Told.Expected.FACTS) {
      return List.of();
    }
    Told.Item item = now.item();
    if (item != null) {
      return models.computeIfAbsent(item.id(), _ -> new ItemModel()).tell(now.type(), item);
    }
    // a repetition on another day (UTC) is a delivery of its own, and changes nothing
    return told.add(now.event()) ? List.of(resourceEntry(now.type())) : List.of();
  }

  /**
   * One item's notifications are sent one after the other, so they arrived in that order. Of one
   * whose receipt says that it was known, it is known only that it arrived before that receipt.
   */
  private void arrival(String item, @Nullable Delivered before, Delivered delivered) {
    if (before == null
        || before.noted().outcome() != Noted.Outcome.ACKNOWLEDGED
        || before.noted().wasKnownBefore()
        || delivered.noted().outcome() != Noted.Outcome.ACKNOWLEDGED) {
      return;
    }
    if (delivered.noted().acknowledgedMicros() < before.noted().acknowledgedMicros()) {
      findings.add(
          Finding.Code.OUT_OF_ORDER,
          item,
          "delivery %s was acknowledged before %s and stands behind it"
              .formatted(delivered.id(), before.id()));
    }
  }

  private void compare(Delivered delivered, List<String> expected) {
    List<String> found = delivered.entries();
    if (found.equals(expected)) {
      return;
    }
    List<String> missing = new ArrayList<>(expected);
    List<String> more = new ArrayList<>();
    for (String name : found) {
      if (!missing.remove(name)) {
        more.add(name);
      }
    }
    String subject = subject(delivered);
    String place = "delivery " + delivered.id() + " (" + delivered.noted().place() + ")";
    boolean late = more.remove("workitem.LateUpdateRecorded");
    if (late || missing.remove("workitem.LateUpdateRecorded")) {
      findings.add(
          Finding.Code.OUT_OF_ORDER,
          subject,
          place
              + (late ? " counts as late, though it was not" : " was late and counts as current"));
      return;
    }
    for (String name : missing) {
      findings.add(Finding.Code.MISSING, subject, place + " left no " + name);
    }
    for (String name : more) {
      boolean twice = expected.contains(name) || expected.isEmpty();
      findings.add(
          twice ? Finding.Code.DOUBLED : Finding.Code.UNKNOWN,
          subject,
          place + (twice ? " left one more " : " left an unexpected ") + name);
    }
    if (missing.isEmpty() && more.isEmpty()) {
      findings.add(Finding.Code.OUT_OF_ORDER, subject, place + " left " + found);
    }
  }

  private static String subject(Delivered delivered) {
    Told.Item item = delivered.noted().told().item();
    return item == null ? delivered.id() : item.id() + " update " + item.update();
  }

  /** The read model shows what holds now. */
  void compareStates(Set<String> organizations, ServerView server) throws InterruptedException {
    Map<String, JsonNode> shown = new HashMap<>();
    for (String organization : organizations) {
      server.pages(
          "/api/v1/work-items?limit=200&sort=number&organization=" + organization,
          "after",
          item -> shown.put(item.path("id").asString(), item));
    }
    models.forEach(
        (id, model) -> {
          JsonNode item = shown.remove(id);
          if (item == null) {
            findings.add(Finding.Code.MISSING, id, "the query API does not know the work item");
          } else {
            compare(id, model, item);
          }
        });
    shown
        .keySet()
        .forEach(id -> findings.add(Finding.Code.UNKNOWN, id, "nobody told of this work item"));
  }

  private void compare(String id, ItemModel model, JsonNode item) {
    JsonNode assignee = item.path("assignedTo");
    String name = text(assignee.path("name").path("text"));
    same(id, "state", model.state(), text(item.path("sourceState")));
    same(id, "assignee", model.assignee(), name);
    same(id, "title", model.title(), text(item.path("title").path("text")));
    same(id, "deleted", Boolean.toString(model.isDeleted()), item.path("deleted").asString());
    if (name != null) {
      String subject = assignee.path("subject").asString();
      String known = subjects.putIfAbsent(organization(id) + name, subject);
      if (known != null && !known.equals(subject)) {
        findings.add(
            Finding.Code.WRONG_STATE,
            id,
            "one person has the subjects " + known + " and " + subject);
      }
    }
  }

  private void same(String id, String what, @Nullable String told, @Nullable String shown) {
    if (!Objects.equals(told, shown)) {
      findings.add(
          Finding.Code.WRONG_STATE,
          id,
          "%s is '%s', what was told gives '%s'".formatted(what, shown, told));
    }
  }

  long workItems() {
    return models.size();
  }

  long behindSource() {
    return models.values().stream().filter(ItemModel::isBehindSource).count();
  }

  private static String organization(String id) {
    return id.substring(0, id.lastIndexOf(':') + 1);
  }

  private static @Nullable String text(JsonNode json) {
    return json.isMissingNode() || json.isNull() ? null : json.asString();
  }

  static String resourceEntry(String type) {
    return switch (type) {
      case "git.push" -> "resource.Pushed";
      case "git.pullrequest.created", "git.pullrequest.updated", "git.pullrequest.merged" ->
          "resource.PullRequestChanged";
      case "ms.vss-code.git-pullrequest-comment-event" -> "resource.PullRequestCommented";
      case "build.complete" -> "resource.BuildCompleted";
      case "ms.vss-release.release-created-event" -> "resource.ReleaseChanged";
      case "ms.vss-release.deployment-started-event", "ms.vss-release.deployment-completed-event" ->
          "resource.DeploymentChanged";
      default -> throw new IllegalStateException("no story tells " + type);
    };
  }
}
