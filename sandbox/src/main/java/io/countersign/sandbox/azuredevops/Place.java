package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import io.countersign.sandbox.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the organization is found: every address the service tells begins here.
 *
 * @param base scheme, host and port
 * @param organization its name
 */
record Place(String base, String organization) {

  UUID collectionId() {
    return new SandboxProject(organization, "").collectionId();
  }

  UUID projectId(String name) {
    return new SandboxProject(organization, name).projectId();
  }

  UUID accountId() {
    return derived("account");
  }

  UUID derived(String what) {
    return UUID.nameUUIDFromBytes((organization + "/" + what).getBytes(StandardCharsets.UTF_8));
  }

  String root() {
    return base + "/" + organization + "/";
  }

  String url(String path) {
    return root() + path;
  }

  String url(Project project, String path) {
    return root() + project.id() + "/" + path;
  }

  String workItem(Project project, int id) {
    return url(project, "_apis/wit/workItems/" + id);
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A person as most resources refer to one. */
  ObjectNode person(SandboxPerson person) {
    String avatar = url("_apis/GraphProfile/MemberAvatars/" + person.descriptor());
    ObjectNode json = Wire.object();
    json.put("displayName", person.name());
    json.put("url", url("_apis/Identities/" + person.id()));
    json.putObject("_links").putObject("avatar").put("href", avatar);
    json.put("id", person.id().toString());
    json.put("uniqueName", person.mail());
    json.put("imageUrl", avatar);
    json.put("descriptor", person.descriptor());
    return json;
  }

  /** A person as updates refer to one: with the name of both parts. */
  ObjectNode revisedBy(SandboxPerson person) {
    ObjectNode json = person(person);
    json.put("name", person.identity());
    return json;
  }

  /** Which organization and project a notification is from. */
  ObjectNode containers(Project project) {
    ObjectNode containers = Wire.object();
    container(containers, "collection", collectionId());
    container(containers, "account", accountId());
    container(containers, "project", project.id());
    return containers;
  }

  private void container(ObjectNode containers, String kind, UUID id) {
    containers.putObject(kind).put("id", id.toString()).put("baseUrl", root());
  }
}
