package io.countersign.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A Git repository of a project: what people push to it. */
public final class RepositoryLife {

  /** Where a branch that is new comes from. */
  public static final String NOTHING = "0".repeat(40);

  private final Subscriptions subscriptions;
  private final String name;
  private final UUID id;

  /** A repository of the subscriptions' project; its id derives from the names. */
  public RepositoryLife(Subscriptions subscriptions, String name) {
    this.subscriptions = subscriptions;
    this.name = name;
    this.id =
        UUID.nameUUIDFromBytes(
            (subscriptions.project().projectId() + "/" + name).getBytes(StandardCharsets.UTF_8));
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /**
   * Somebody pushes one commit to a branch.
   *
   * @param pushId number of the push, from 1
   * @param branch for example {@code refs/heads/topic}
   * @param before commit the branch was on, or {@link #NOTHING}
   * @param commit 40 hexadecimal digits
   */
  public Notification pushed(
      Instant at,
      SandboxPerson by,
      int pushId,
      String branch,
      String before,
      String commit,
      String message) {
    ObjectNode resource = Wire.object();
    ObjectNode told = resource.putArray("commits").addObject();
    told.put("commitId", commit);
    told.set("author", author(by, at));
    told.set("committer", author(by, at));
    told.put("comment", message);
    told.put("url", url("commits/" + commit));
    resource
        .putArray("refUpdates")
        .addObject()
        .put("name", branch)
        .put("oldObjectId", before)
        .put("newObjectId", commit);
    resource.set("repository", json());
    resource.set("pushedBy", subscriptions.project().person(by));
    resource.put("pushId", pushId);
    resource.put("date", Wire.envelopeTime(at));
    resource.put("url", url("pushes/" + pushId));
    ObjectNode links = resource.putObject("_links");
    links.putObject("self").put("href", url("pushes/" + pushId));
    links.putObject("repository").put("href", url(""));
    links.putObject("commits").put("href", url("pushes/" + pushId + "/commits"));
    links
        .putObject("pusher")
        .put("href", subscriptions.project().url("_apis/Identities/" + by.id()));
    links.putObject("refs").put("href", url("refs/heads/" + branch.replace("refs/heads/", "")));
    return subscriptions.notification(
        "git.push", "%s pushed updates to %s:%s.".formatted(by.name(), name, branch), resource, at);
  }

  /** The repository as its notifications show it. */
  ObjectNode json() {
    SandboxProject project = subscriptions.project();
    ObjectNode json = Wire.object();
    json.put("id", id.toString());
    json.put("name", name);
    json.put("url", url(""));
    json.set("project", project.json());
    json.put("defaultBranch", "refs/heads/main");
    json.put("remoteUrl", project.url(project.name() + "/_git/" + name));
    return json;
  }

  /** A name and address as Git keeps them. */
  static ObjectNode author(SandboxPerson by, Instant at) {
    return Wire.object()
        .put("name", by.name())
        .put("email", by.mail())
        .put("date", Wire.fieldTime(at));
  }

  String url(String place) {
    String repository = "_apis/git/repositories/" + id;
    return subscriptions.project().url(place.isEmpty() ? repository : repository + "/" + place);
  }

  String name() {
    return name;
  }
}
