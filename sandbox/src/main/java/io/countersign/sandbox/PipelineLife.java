package io.countersign.sandbox;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * What runs after a merge: one build, and one classic release of what it made. Builds are told in
 * resource version 2.0, releases in 3.0-preview.1.
 */
public final class PipelineLife {

  private static final int DEFINITION = 7;

  private final RepositoryLife repository;
  private final int number;
  private final SandboxPerson requestedFor;

  /**
   * A pipeline that has not run yet.
   *
   * @param number of the build and of the release, from 1
   */
  public PipelineLife(RepositoryLife repository, int number, SandboxPerson requestedFor) {
    this.repository = repository;
    this.number = number;
    this.requestedFor = requestedFor;
  }

  /**
   * A build ends.
   *
   * @param result succeeded, partiallySucceeded, failed or canceled
   */
  public Notification built(Instant queued, Instant finished, String commit, String result) {
    SandboxProject project = project();
    String url = project.url(project.projectId() + "/_apis/build/Builds/" + number);
    ObjectNode build = Wire.object();
    build.putObject("_links").putObject("self").put("href", url);
    build.putObject("properties");
    build.putArray("tags");
    build.putArray("validationResults");
    build.putObject("triggerInfo").put("ci.sourceSha", commit);
    build.put("id", number);
    build.put("buildNumber", buildNumber());
    build.put("status", "completed");
    build.put("result", result);
    build.put("queueTime", Wire.envelopeTime(queued));
    build.put("startTime", Wire.envelopeTime(queued.plusSeconds(11)));
    build.put("finishTime", Wire.envelopeTime(finished));
    build.put("url", url);
    build.set("definition", definition(project));
    build.put("buildNumberRevision", 1);
    build.set("project", project.json());
    build.put("uri", "vstfs:///Build/Build/" + number);
    build.put("sourceBranch", "refs/heads/main");
    build.put("sourceVersion", commit);
    build.put("priority", "normal");
    build.put("reason", "individualCI");
    build.set("requestedFor", project.person(requestedFor));
    build.set("requestedBy", project.person(requestedFor));
    build.put("lastChangedDate", Wire.envelopeTime(finished));
    build.set("lastChangedBy", project.person(requestedFor));
    build.set("repository", repository());
    build.put("retainedByRelease", false);
    return repository
        .subscriptions()
        .notification(
            "build.complete",
            "tfs",
            "2.0",
            "Build %s %s".formatted(buildNumber(), result),
            build,
            finished);
  }

  /** A release of the build is created. */
  public Notification released(Instant at) {
    ObjectNode resource = Wire.object();
    resource.set("release", release(at));
    resource.set("project", projectReference());
    return told("ms.vss-release.release-created-event", "Release %s created.", resource, at);
  }

  /** The release begins to be deployed. */
  public Notification deploying(Instant at) {
    ObjectNode resource = Wire.object();
    resource.set("environment", environment("inProgress", at));
    resource.set("project", projectReference());
    return told(
        "ms.vss-release.deployment-started-event",
        "Deployment of release %s to environment Production started.",
        resource,
        at);
  }

  /** The release is deployed. */
  public Notification deployed(Instant at) {
    ObjectNode resource = Wire.object();
    resource.set("environment", environment("succeeded", at));
    resource.set("project", projectReference());
    ObjectNode deployment = resource.putObject("deployment");
    deployment.put("id", number);
    deployment.put("attempt", 1);
    deployment.put("deploymentStatus", "succeeded");
    deployment.set("requestedFor", person());
    deployment.put("startedOn", Wire.fieldTime(at.minusSeconds(90)));
    deployment.put("completedOn", Wire.fieldTime(at));
    return told(
        "ms.vss-release.deployment-completed-event",
        "Deployment of release %s to environment Production succeeded.",
        resource,
        at);
  }

  private Notification told(String eventType, String sentence, ObjectNode resource, Instant at) {
    return repository
        .subscriptions()
        .notification(
            eventType, "rm", "3.0-preview.1", sentence.formatted(releaseName()), resource, at);
  }

  private ObjectNode release(Instant at) {
    ObjectNode release = Wire.object();
    release.put("id", number);
    release.put("name", releaseName());
    release.put("status", "active");
    release.put("createdOn", Wire.fieldTime(at));
    release.put("modifiedOn", Wire.fieldTime(at));
    release.set("modifiedBy", person());
    release.set("createdBy", person());
    release.putArray("environments").add(environment("notStarted", at));
    release.putObject("variables");
    ObjectNode artifact = release.putArray("artifacts").addObject();
    artifact.put("sourceId", project().projectId() + ":" + DEFINITION);
    artifact.put("type", "Build");
    artifact.put("alias", repository.name() + ".CI");
    ObjectNode references = artifact.putObject("definitionReference");
    references.putObject("definition").put("id", "" + DEFINITION).put("name", definitionName());
    references.putObject("version").put("id", "" + number).put("name", buildNumber());
    references.putObject("branch").put("id", "refs/heads/main").put("name", "main");
    artifact.put("isPrimary", true);
    release
        .putObject("releaseDefinition")
        .put("id", 1)
        .put("name", repository.name() + ".CD")
        .put("url", project().url(project().name() + "/_apis/Release/definitions/1"));
    release.put("description", "");
    release.put("reason", "continuousIntegration");
    release.put("releaseNameFormat", "Release-$(rev:r)");
    release.put("keepForever", false);
    return release;
  }

  private ObjectNode environment(String status, Instant at) {
    ObjectNode environment = Wire.object();
    environment.put("id", number);
    environment.put("releaseId", number);
    environment.put("name", "Production");
    environment.put("status", status);
    environment.put("rank", 1);
    environment.put("definitionEnvironmentId", 1);
    environment.put("modifiedOn", Wire.fieldTime(at));
    environment.set("owner", person());
    environment
        .putObject("release")
        .put("id", number)
        .put("name", releaseName())
        .put("url", project().url(project().name() + "/_apis/Release/releases/" + number));
    return environment;
  }

  private ObjectNode definition(SandboxProject project) {
    ObjectNode definition = Wire.object();
    definition.putArray("drafts");
    definition.put("id", DEFINITION);
    definition.put("name", definitionName());
    definition.put(
        "url", project.url(project.projectId() + "/_apis/build/Definitions/" + DEFINITION));
    definition.put("uri", "vstfs:///Build/Definition/" + DEFINITION);
    definition.put("path", "\\");
    definition.put("type", "build");
    definition.put("queueStatus", "enabled");
    definition.put("revision", 1);
    definition.set("project", project.json());
    return definition;
  }

  private ObjectNode repository() {
    ObjectNode json = Wire.object();
    json.put("id", repository.id().toString());
    json.put("type", "TfsGit");
    json.put("name", repository.name());
    json.put("url", project().url(project().name() + "/_git/" + repository.name()));
    json.putNull("clean");
    json.put("checkoutSubmodules", false);
    return json;
  }

  private ObjectNode projectReference() {
    return Wire.object().put("id", project().projectId().toString()).put("name", project().name());
  }

  private ObjectNode person() {
    return Wire.object()
        .put("id", requestedFor.id().toString())
        .put("displayName", requestedFor.name())
        .put("uniqueName", requestedFor.mail());
  }

  private SandboxProject project() {
    return repository.subscriptions().project();
  }

  private String definitionName() {
    return repository.name() + ".CI";
  }

  private String buildNumber() {
    return "20260302." + number;
  }

  private String releaseName() {
    return "Release-" + number;
  }
}
