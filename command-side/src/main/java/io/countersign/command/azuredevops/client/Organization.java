package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One organization, and everything it can be asked. */
public final class Organization {

  private final OrganizationId id;
  private final Sender sender;
  private final @Nullable Credential credential;

  Organization(OrganizationId id, Sender sender, @Nullable Credential credential) {
    this.id = id;
    this.sender = sender;
    this.credential = credential;
  }

  /** Its id, as work item ids have it. */
  public OrganizationId id() {
    return id;
  }

  /** Work items: reading and changing them. */
  public WorkItemCalls workItems() {
    return new WorkItemCalls(sender);
  }

  /** Everything that changed since some time. */
  public ReportingCalls reporting() {
    return new ReportingCalls(sender);
  }

  /** Projects, their types and states. */
  public ProjectCalls projects() {
    return new ProjectCalls(sender);
  }

  /** Builds. */
  public BuildCalls builds() {
    return new BuildCalls(sender);
  }

  /** Service hooks. */
  public HookCalls hooks() {
    return new HookCalls(sender);
  }

  /** Who we are there, and which organization answers. */
  public Answer<WhoAmI> whoAmI() {
    return sender.send(
        Call.get("connection", Scope.ANY, "/_apis/connectionData").preview(1), WhoAmI::read);
  }

  /** What we call with, for people; nothing when nothing is configured. */
  public @Nullable String credentialKind() {
    return credential == null ? null : credential.kind();
  }

  /** When the token in use runs out; nothing when none is in use or nobody knows. */
  public @Nullable Instant credentialExpiresAt() {
    return credential == null ? null : credential.expiresAt();
  }

  /**
   * Who we are in an organization.
   *
   * @param id of our identity
   * @param descriptor of our identity, as events have it
   * @param displayName our name
   * @param organization id of the organization that answered, which is what webhooks tell
   */
  public record WhoAmI(
      String id, @Nullable String descriptor, String displayName, @Nullable String organization) {

    static @Nullable WhoAmI read(JsonNode json) {
      JsonNode user = json.path("authenticatedUser");
      String id = user.path("id").asString("");
      if (id.isEmpty()) {
        return null;
      }
      return new WhoAmI(
          id,
          user.path("subjectDescriptor").asString(null),
          user.path("customDisplayName").asString(user.path("providerDisplayName").asString("")),
          json.path("instanceId").asString(null));
    }
  }
}
