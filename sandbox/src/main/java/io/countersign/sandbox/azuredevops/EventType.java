package io.countersign.sandbox.azuredevops;

import java.util.List;
import java.util.Optional;

/**
 * A kind of event that subscriptions can ask for.
 *
 * @param resourceVersion the one its resource has here
 * @param inputs what a subscription can filter by
 */
record EventType(
    String publisher, String id, String name, String resourceVersion, List<String> inputs) {

  private static final List<String> ITEM = List.of("projectId", "areaPath", "workItemType", "tag");
  private static final List<String> CODE = List.of("projectId", "repository", "branch");

  static final List<EventType> ALL =
      List.of(
          item("workitem.created", "Work item created"),
          new EventType(
              "tfs",
              "workitem.updated",
              "Work item updated",
              "1.0",
              List.of("projectId", "areaPath", "workItemType", "tag", "changedFields")),
          new EventType(
              "tfs",
              "workitem.commented",
              "Work item commented on",
              "1.0",
              List.of("projectId", "areaPath", "workItemType", "tag", "commentPattern")),
          item("workitem.deleted", "Work item deleted"),
          item("workitem.restored", "Work item restored"),
          code("git.push", "Code pushed"),
          code("git.pullrequest.created", "Pull request created"),
          code("git.pullrequest.updated", "Pull request updated"),
          code("git.pullrequest.merged", "Pull request merge attempted"),
          new EventType(
              "tfs",
              "build.complete",
              "Build completed",
              "2.0",
              List.of("projectId", "definitionName", "buildStatus")));

  private static EventType item(String id, String name) {
    return new EventType("tfs", id, name, "1.0", ITEM);
  }

  private static EventType code(String id, String name) {
    return new EventType("tfs", id, name, "1.0", CODE);
  }

  static Optional<EventType> find(String publisher, String id) {
    return ALL.stream()
        .filter(type -> type.publisher().equals(publisher) && type.id().equals(id))
        .findFirst();
  }
}
