package io.countersign.sandbox.azuredevops;

import org.jspecify.annotations.Nullable;

/** All there is in one organization, as the parts that answer for it share it. */
final class Organization implements AutoCloseable {

  private final Place place;
  private final Moments moments;
  private final People people = new People();
  private final FieldRules rules = new FieldRules(people);
  private final Access access;
  private final Projects projects;
  private final Hooks hooks;
  private final WorkItemJson itemJson;
  private final UpdateJson updateJson;
  private final WorkItems items;

  Organization(Place place, SandboxSettings settings) {
    this.place = place;
    this.moments = new Moments(settings.clock());
    this.access = new Access(people, settings);
    this.projects = new Projects(place, moments, settings.sped(settings.projectCreation()));
    this.hooks = new Hooks(place, moments, settings.speedUp());
    this.itemJson = new WorkItemJson(place, people);
    this.updateJson = new UpdateJson(place, itemJson);
    this.items =
        new WorkItems(place, rules, moments, new WorkItemEvents(itemJson, updateJson, hooks::tell));
  }

  /** The project a call is about, if it names one. */
  @Nullable Project projectOf(Call call) {
    String key = call.projectKey();
    return key == null ? null : projects.require(key);
  }

  /** The project a call has to name. */
  Project requireProject(Call call) {
    Project project = projectOf(call);
    if (project == null) {
      throw ApiError.badArgument("The path has to name a project.");
    }
    return project;
  }

  Place place() {
    return place;
  }

  Moments moments() {
    return moments;
  }

  People people() {
    return people;
  }

  FieldRules rules() {
    return rules;
  }

  Access access() {
    return access;
  }

  Projects projects() {
    return projects;
  }

  Hooks hooks() {
    return hooks;
  }

  WorkItemJson itemJson() {
    return itemJson;
  }

  UpdateJson updateJson() {
    return updateJson;
  }

  WorkItems items() {
    return items;
  }

  @Override
  public void close() {
    hooks.close();
  }
}
