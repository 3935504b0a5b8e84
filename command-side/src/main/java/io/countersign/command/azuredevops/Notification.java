package io.countersign.command.azuredevops;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A notification of Azure DevOps: what all have in common, and the resource as it came.
 *
 * @param kind what happened
 * @param organization where
 * @param project in which project, where told
 * @param resourceVersion version of the resource's shape, where told
 * @param at when, by Azure DevOps' clock; when it was received, where that is not told
 * @param resource the resource
 */
public record Notification(
    NotificationKind kind,
    OrganizationId organization,
    @Nullable ProjectId project,
    @Nullable String resourceVersion,
    Instant at,
    JsonNode resource) {

  Place place() {
    return new Place(resource, "/resource");
  }

  /** Without the resource, which may hold personal data. */
  @Override
  public String toString() {
    return "Notification[" + kind.eventType() + " " + organization + "]";
  }
}
