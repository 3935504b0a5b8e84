package io.countersign.command.azuredevops.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Projects, their types of work items, and the states these have. */
public final class ProjectCalls {

  private static final int PAGE = 200;

  private final Sender sender;

  ProjectCalls(Sender sender) {
    this.sender = sender;
  }

  /**
   * A project.
   *
   * @param id never changes
   * @param name can change
   * @param state {@code wellFormed} once it is all there
   */
  public record Project(String id, String name, String state) {

    static @Nullable Project read(JsonNode json) {
      String id = json.path("id").asString("");
      String name = json.path("name").asString("");
      return id.isEmpty() || name.isEmpty()
          ? null
          : new Project(id, name, json.path("state").asString(""));
    }
  }

  /**
   * A type of work items.
   *
   * @param name as work items have it
   * @param referenceName never changes
   * @param disabled whether no new ones can be made
   */
  public record ItemType(String name, String referenceName, boolean disabled) {

    static @Nullable ItemType read(JsonNode json) {
      String name = json.path("name").asString("");
      return name.isEmpty()
          ? null
          : new ItemType(
              name,
              json.path("referenceName").asString(""),
              json.path("isDisabled").asBoolean(false));
    }
  }

  /**
   * A state of a type.
   *
   * @param name as work items have it
   * @param category Proposed, InProgress, Resolved, Completed or Removed
   */
  public record ItemState(String name, String category) {

    static @Nullable ItemState read(JsonNode json) {
      String name = json.path("name").asString("");
      return name.isEmpty() ? null : new ItemState(name, json.path("category").asString(""));
    }
  }

  /** All projects we may see. */
  public Answer<List<Project>> list() {
    List<Project> all = new ArrayList<>();
    while (true) {
      Answer<List<Project>> answer =
          sender.send(
              Call.get("projects", Scope.PROJECT, "/_apis/projects")
                  .with("$top", PAGE)
                  .with("$skip", all.size()),
              Sender.Shape.values(Project::read));
      switch (answer) {
        case Answer.Failure<List<Project>> failure -> {
          return failure;
        }
        case Answer.Ok<List<Project>> ok -> {
          all.addAll(ok.value());
          if (ok.value().size() < PAGE) {
            return new Answer.Ok<>(all, null, ok.activity());
          }
        }
      }
    }
  }

  /** One, by name or id. */
  public Answer<Project> get(String project) {
    return sender.send(
        Call.get("project", Scope.PROJECT, "/_apis/projects/" + Call.escaped(project)),
        Project::read);
  }

  /** Types of work items of a project. */
  public Answer<List<ItemType>> types(String project) {
    return sender.send(
        Call.get("item-types", Scope.WORK, Call.in(project) + "/_apis/wit/workitemtypes"),
        Sender.Shape.values(ItemType::read));
  }

  /** States of a type, in their order. */
  public Answer<List<ItemState>> states(String project, String type) {
    return sender.send(
        Call.get(
            "item-states",
            Scope.WORK,
            Call.in(project) + "/_apis/wit/workitemtypes/" + Call.escaped(type) + "/states"),
        Sender.Shape.values(ItemState::read));
  }
}
