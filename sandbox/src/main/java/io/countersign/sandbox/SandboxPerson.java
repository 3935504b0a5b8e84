package io.countersign.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member of an organization.
 *
 * @param name display name
 * @param mail unique name
 */
public record SandboxPerson(String name, String mail) {

  /** As identity fields show a person in resource version 1.0: {@code Name <mail>}. */
  public String identity() {
    return name + " <" + mail + ">";
  }

  /** The person's id in the organization. */
  public UUID id() {
    return UUID.nameUUIDFromBytes(mail.getBytes(StandardCharsets.UTF_8));
  }

  /** The identity object of {@code revisedBy}. */
  ObjectNode json(SandboxProject project) {
    String subject = id().toString();
    ObjectNode json = Wire.object();
    json.put("id", subject);
    json.put("name", identity());
    json.put("displayName", name);
    json.put("url", project.url("_apis/Identities/" + subject));
    json.putObject("_links")
        .putObject("avatar")
        .put("href", project.url("_apis/GraphProfile/MemberAvatars/" + descriptor()));
    json.put("uniqueName", mail);
    json.put("imageUrl", project.url("_apis/GraphProfile/MemberAvatars/" + descriptor()));
    json.put("descriptor", descriptor());
    return json;
  }

  /** The stable key of the person in the organization's graph. */
  public String descriptor() {
    byte[] subject = id().toString().getBytes(StandardCharsets.US_ASCII);
    return "aad." + Base64.getUrlEncoder().withoutPadding().encodeToString(subject);
  }
}
