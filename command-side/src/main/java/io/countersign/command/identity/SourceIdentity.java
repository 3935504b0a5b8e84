package io.countersign.command.identity;

import io.countersign.kernel.project.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * What a notification tells about a person or group. Personal data in clear: lives only while a
 * delivery is handled.
 *
 * @param organization where it was told
 * @param descriptor the source's stable key, for example {@code aad.…}
 * @param id the source's identity id
 * @param uniqueName sign-in name or mail address
 * @param displayName name shown
 */
public record SourceIdentity(
    OrganizationId organization,
    @Nullable String descriptor,
    @Nullable String id,
    @Nullable String uniqueName,
    @Nullable String displayName) {

  /** Something has to be told. */
  public SourceIdentity {
    if (descriptor == null && id == null && uniqueName == null && displayName == null) {
      throw new IllegalArgumentException("an identity without any member");
    }
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "SourceIdentity[" + organization + "]";
  }
}
