package io.countersign.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project of an organization. All ids derive from the two names, so the same project plays the
 * same story again.
 *
 * @param organization name in URLs
 * @param name the project's name
 */
public record SandboxProject(String organization, String name) {

  /** The organization's collection id. */
  public UUID collectionId() {
    return derived("collection");
  }

  /** The project's id. */
  public UUID projectId() {
    return derived("project/" + name);
  }

  /** The subscription of one event type, as the portal creates them. */
  public UUID subscriptionId(String eventType) {
    return derived("subscription/" + name + "/" + eventType);
  }

  /** An address in the organization. */
  String url(String path) {
    return "https://dev.azure.com/" + organization + "/" + path;
  }

  /** The {@code resourceContainers} of a notification. */
  ObjectNode containers() {
    ObjectNode containers = Wire.object();
    container(containers, "collection", collectionId());
    container(containers, "account", derived("account"));
    container(containers, "project", projectId());
    return containers;
  }

  /** The project as resources of other kinds show it. */
  ObjectNode json() {
    ObjectNode json = Wire.object();
    json.put("id", projectId().toString());
    json.put("name", name);
    json.put("url", url("_apis/projects/" + projectId()));
    json.put("state", "wellFormed");
    json.put("visibility", "private");
    json.put("lastUpdateTime", "2026-01-05T08:00:00.12Z");
    return json;
  }

  /** A person as resources other than work items show one. */
  ObjectNode person(SandboxPerson person) {
    ObjectNode json = person.json(this);
    json.remove("name");
    return json;
  }

  private void container(ObjectNode containers, String kind, UUID id) {
    containers.putObject(kind).put("id", id.toString()).put("baseUrl", url(""));
  }

  private UUID derived(String what) {
    return UUID.nameUUIDFromBytes((organization + "/" + what).getBytes(StandardCharsets.UTF_8));
  }
}
