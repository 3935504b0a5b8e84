package io.countersign.sandbox.azuredevops;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects, and the operations that create them. */
final class Projects {

  private final Place place;
  private final Moments moments;
  private final Duration creation;
  private final Map<UUID, Project> projects = new LinkedHashMap<>();
  private final Map<UUID, Operation> operations = new LinkedHashMap<>();

  /** Something that takes its time. */
  record Operation(UUID id, Instant from, Duration takes) {

    /** The first answer says notSet; later ones how far it is. */
    String statusAt(Instant now) {
      Duration since = Duration.between(from, now);
      if (since.compareTo(takes.dividedBy(4)) < 0) {
        return "queued";
      }
      return since.compareTo(takes) < 0 ? "inProgress" : "succeeded";
    }
  }

  /**
   * No projects yet.
   *
   * @param creation how long the operation takes; the project can be read a little later still
   */
  Projects(Place place, Moments moments, Duration creation) {
    this.place = place;
    this.moments = moments;
    this.creation = creation;
  }

  /** A project that has always been there. */
  synchronized Project found(String name, ProcessTemplate process) {
    Instant now = moments.now();
    return put(name, "", "private", process, now, now);
  }

  /** Begins to create a project. */
  synchronized Operation create(
      String name, String description, String visibility, ProcessTemplate process) {
    if (projects.values().stream().anyMatch(known -> known.name().equalsIgnoreCase(name))) {
      throw ApiError.projectExists(name);
    }
    Instant now = moments.now();
    Duration readable = creation.multipliedBy(5).dividedBy(4);
    put(name, description, visibility, process, now, now.plus(readable));
    return begin(creation);
  }

  synchronized Operation delete(UUID id) {
    Project project = require(id.toString());
    projects.remove(project.id());
    return begin(Duration.ZERO);
  }

  synchronized @Nullable Operation operation(UUID id) {
    return operations.get(id);
  }

  synchronized List<Project> readable() {
    Instant now = moments.now();
    return projects.values().stream()
        .filter(project -> !project.readableFrom().isAfter(now))
        .toList();
  }

  /** The project of a name or id, once it can be read. */
  synchronized Project require(String idOrName) {
    for (Project project : projects.values()) {
      boolean meant =
          project.name().equalsIgnoreCase(idOrName)
              || project.id().toString().equalsIgnoreCase(idOrName);
      if (meant && project.readableFrom().isAfter(moments.now())) {
        throw ApiError.noProject(project.id().toString());
      }
      if (meant) {
        return project;
      }
    }
    throw isId(idOrName) ? ApiError.noProject(idOrName) : ApiError.noProjectNamed(idOrName);
  }

  private static boolean isId(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  private Project put(
      String name,
      String description,
      String visibility,
      ProcessTemplate process,
      Instant at,
      Instant readable) {
    var project =
        new Project(place.projectId(name), name, description, visibility, process, at, readable);
    projects.put(project.id(), project);
    return project;
  }

  private Operation begin(Duration takes) {
    var operation = new Operation(UUID.randomUUID(), moments.now(), takes);
    operations.put(operation.id(), operation);
    return operation;
  }
}
