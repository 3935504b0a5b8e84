package io.countersign.command.azuredevops;

import io.countersign.kernel.resource.ApprovalStep;
import io.countersign.kernel.resource.Artifact;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceEvent.ApprovalChanged;
import io.countersign.kernel.resource.ResourceEvent.DeploymentChanged;
import io.countersign.kernel.resource.ResourceEvent.ReleaseChanged;
import io.countersign.kernel.resource.ResourceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classic releases, their deployments and approvals. */
record ReleaseTranslation(ResourceContext context) {

  ResourceEvent release() {
    Place release = context.resource().at("release").needObject();
    ResourceId id = releaseId(release);
    return new ReleaseChanged(
        id,
        context.report(),
        release.at("name").text(),
        release.at("status").needText(),
        release.at("reason").text(),
        ResourceContext.named(release.at("releaseDefinition")),
        context.identities().person(release.at("createdBy")),
        context.identities().person(release.at("modifiedBy")),
        release.at("createdOn").instant(),
        release.at("modifiedOn").instant(),
        context.sealed(id, release.at("description")),
        artifacts(release));
  }

  ResourceEvent deployment() {
    Place resource = context.resource();
    Place environment = resource.at("environment").needObject();
    Place release =
        environment.at("release").isObject() ? environment.at("release") : resource.at("release");
    Place deployment = resource.at("deployment");
    return new DeploymentChanged(
        releaseId(release),
        context.report(),
        ResourceContext.needNamed(environment),
        environment.at("status").needText(),
        deployment.at("attempt").integer(),
        context.identities().person(environment.at("owner")),
        context.identities().person(deployment.at("requestedFor")),
        firstOf(deployment.at("startedOn"), environment.at("modifiedOn")),
        deployment.at("completedOn").instant(),
        artifacts(resource.at("release")));
  }

  ResourceEvent approval() {
    Place approval = context.resource().at("approval").needObject();
    Place release =
        approval.at("release").isObject()
            ? approval.at("release")
            : context.resource().at("release");
    ResourceId id = releaseId(release);
    String status = approval.at("status").needText();
    return new ApprovalChanged(
        id,
        context.report(),
        approval.at("id").needText(),
        status,
        approval.at("approvalType").text(),
        ResourceContext.named(approval.at("releaseEnvironment")),
        approval.at("isAutomated").flag(),
        null,
        List.of(
            new ApprovalStep(
                context.identities().person(approval.at("approver")),
                context.identities().person(approval.at("approvedBy")),
                status,
                context.sealed(id, approval.at("comments")),
                approval.at("modifiedOn").instant())),
        List.of());
  }

  /** Release numbers are told apart by project. */
  private ResourceId releaseId(Place release) {
    Place number = release.needObject().at("id");
    String project = context.projectKey(context.resource().at("project").at("id"));
    return context.id("release", number, project + "/" + number.needText());
  }

  private static @Nullable Instant firstOf(Place first, Place second) {
    Instant instant = first.instant();
    return instant == null ? second.instant() : instant;
  }

  private static List<Artifact> artifacts(Place release) {
    return release.at("artifacts").items().stream().map(ReleaseTranslation::artifact).toList();
  }

  private static Artifact artifact(Place artifact) {
    Place references = artifact.needObject().at("definitionReference");
    return new Artifact(
        artifact.at("type").needText(),
        artifact.at("alias").text(),
        reference(references.at("definition")),
        reference(references.at("version")),
        references.at("branch").at("id").text());
  }

  private static @Nullable Named reference(Place place) {
    String id = place.at("id").text();
    return id == null || id.isEmpty() ? null : new Named(id, place.at("name").text());
  }
}
